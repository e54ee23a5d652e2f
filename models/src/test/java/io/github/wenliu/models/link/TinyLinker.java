package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The linking model that {@code make_tiny_linker.py} made, with pairs to score. */
final class TinyLinker {

  static final String ID = "tiny-linker/v1";
  static final List<String> FEATURES = List.of("feature-0", "feature-1", "feature-2");
  static final int TOKENS = 8;
  static final int VECTOR = 8;

  private TinyLinker() {}

  /** The folder with the script and what it made. */
  static Path folder() {
    try {
      return Path.of(TinyLinker.class.getResource("/models/linker/make_tiny_linker.py").toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ModelPackage read() {
    return ModelCatalog.of(folder(), null, null).resolve(ID);
  }

  static LinkModel open() {
    return open(folder(), FEATURES);
  }

  static LinkModel open(Path directory, List<String> features) {
    return Linkers.open(
        ModelCatalog.of(directory, null, null),
        ID,
        features,
        InferenceParameters.DEFAULT,
        InferenceMetrics.NONE);
  }

  /** Pairs as good as any. */
  static LinkPairs pairs(LinkerManifest manifest, int pairs, Random random) {
    var features = new float[pairs * manifest.features().size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    var context = new int[pairs * manifest.tokens()];
    for (int pair = 0; pair < pairs; pair++) {
      int there = random.nextInt(manifest.tokens() + 1);
      for (int i = 0; i < there; i++) {
        context[pair * manifest.tokens() + i] = 1 + random.nextInt(LinkTokens.VOCABULARY - 1);
      }
    }
    var descriptions = new byte[pairs * manifest.vector()];
    random.nextBytes(descriptions);
    return new LinkPairs(pairs, features, context, descriptions);
  }

  /** Some of the pairs of a document, as a document of their own. */
  static LinkPairs part(LinkerManifest manifest, LinkPairs all, int from, int to) {
    return new LinkPairs(
        to - from,
        Arrays.copyOfRange(
            all.features(), from * manifest.features().size(), to * manifest.features().size()),
        Arrays.copyOfRange(all.context(), from * manifest.tokens(), to * manifest.tokens()),
        Arrays.copyOfRange(all.descriptions(), from * manifest.vector(), to * manifest.vector()));
  }

  /** A description of some tokens. */
  static int[] description(LinkerManifest manifest, Random random) {
    return random.ints(1 + random.nextInt(manifest.tokens()), 1, LinkTokens.VOCABULARY).toArray();
  }
}
