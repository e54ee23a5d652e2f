package io.github.wenliu.models.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The small graphs of {@code models/graphs}, made by the script beside them. */
final class Graphs {

  static final int FEATURES = 6;
  static final int SCORES = 4;

  static final Signature TAGGER =
      new Signature(
          List.of(
              Signature.port("features", ElementType.FLOAT, Signature.ANY, Signature.ANY, FEATURES),
              Signature.port("lengths", ElementType.INT, Signature.ANY)),
          List.of(
              Signature.port("scores", ElementType.FLOAT, Signature.ANY, Signature.ANY, SCORES)));

  static final Signature LOOP =
      new Signature(
          List.of(Signature.port("rounds", ElementType.LONG)),
          List.of(Signature.port("total", ElementType.FLOAT)));

  static final Signature LOGARITHM =
      new Signature(
          List.of(Signature.port("x", ElementType.FLOAT, Signature.ANY)),
          List.of(Signature.port("y", ElementType.FLOAT, Signature.ANY)));

  private Graphs() {}

  static byte[] bytes(String name) {
    try (var stream = Graphs.class.getResourceAsStream("/models/graphs/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a folder of the test resources lies. */
  static Path folder(String resource) {
    try {
      return Path.of(Graphs.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static OnnxModel open(String name, Signature signature) {
    return OnnxModel.open(
        name, bytes(name), signature, InferenceParameters.DEFAULT, InferenceMetrics.NONE);
  }

  /** Features of a row, the same for the same seed. */
  static float[] row(int positions, long seed) {
    var random = new Random(seed);
    float[] row = new float[positions * FEATURES];
    for (int i = 0; i < row.length; i++) {
      row[i] = random.nextFloat() * 2 - 1;
    }
    return row;
  }
}
