package io.github.wenliu.models.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant 9 on linking models: a pair has bit for bit the same numbers alone and among any
 * others, in whatever row and batch it is, and a description the same vector.
 */
final class LinkBatchInvarianceTest {

  private static final int ROUNDS = 20;

  /** Asks for more threads than one, on which large products come out otherwise. */
  private static final InferenceParameters ON_TWO_THREADS =
      new InferenceParameters(
          Provider.CPU,
          0,
          false,
          2,
          1,
          32,
          8192,
          Duration.ofMillis(2),
          1024,
          Duration.ofSeconds(30),
          2L << 30);

  /** The tiny one, and all that are released. */
  static Stream<ModelPackage> models() {
    var catalog = ModelCatalog.released();
    return Stream.concat(
        Stream.of(TinyLinker.read()),
        catalog.list().stream()
            .map(catalog::resolve)
            .filter(one -> one.kind().equals(ModelPackage.LINKER)));
  }

  private static LinkerManifest manifest(ModelPackage from) {
    return LinkerManifest.read(from, Linkers.features(from));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPairHasTheSameNumbersInAnyBatch(ModelPackage from) {
    var manifest = manifest(from);
    var random = new Random(9);
    try (var scorer =
        PairScorer.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      for (int padded : new int[] {8, 40, 104}) {
        var documents = new ArrayList<LinkPairs>();
        var alone = new ArrayList<float[]>();
        for (int i = 0; i < 17; i++) {
          var pairs = TinyLinker.pairs(manifest, padded - random.nextInt(8), random);
          documents.add(pairs);
          alone.add(pairByPair(scorer, manifest, pairs));
        }
        var order = new ArrayList<Integer>();
        for (int i = 0; i < documents.size(); i++) {
          order.add(i);
        }
        for (int round = 0; round < ROUNDS; round++) {
          Collections.shuffle(order, random);
          var some = order.subList(0, 1 + random.nextInt(order.size()));
          var answers =
              scorer.run(
                  some.stream()
                      .map(documents::get)
                      .map(pairs -> new PairRow(pairs, 0, pairs.pairs()))
                      .toList());
          for (int k = 0; k < some.size(); k++) {
            assertThat(bits(answers.get(k)))
                .as("document %d in a batch of %s", some.get(k), some)
                .isEqualTo(bits(alone.get(some.get(k))));
          }
        }
      }
    }
  }

  private static float[] pairByPair(PairScorer scorer, LinkerManifest manifest, LinkPairs pairs) {
    var all = new float[pairs.pairs() * PairScorer.LOGITS];
    for (int i = 0; i < pairs.pairs(); i++) {
      var one = TinyLinker.part(manifest, pairs, i, i + 1);
      float[] logits = scorer.run(List.of(new PairRow(one, 0, 1))).get(0);
      System.arraycopy(logits, 0, all, i * PairScorer.LOGITS, PairScorer.LOGITS);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("models")
  void aDocumentThatIsCutHasTheSameNumbersAsItsParts(ModelPackage from) {
    var manifest = manifest(from);
    int pairs = 2 * OpenLinker.MOST_PAIRS + 77;
    var document = TinyLinker.pairs(manifest, pairs, new Random(3));
    try (var model = OpenLinker.open(from, manifest, ON_TWO_THREADS, InferenceMetrics.NONE)) {
      float[] whole = model.score(document).join();
      assertThat(whole).hasSize(pairs * PairScorer.LOGITS);
      for (int cut : new int[] {1, 300, OpenLinker.MOST_PAIRS, 1_000}) {
        float[] first = model.score(TinyLinker.part(manifest, document, 0, cut)).join();
        float[] second = model.score(TinyLinker.part(manifest, document, cut, pairs)).join();
        var joined = new ArrayList<>(bits(first));
        joined.addAll(bits(second));
        assertThat(joined).isEqualTo(bits(whole));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aDescriptionHasTheSameVectorAmongOthers(ModelPackage from) {
    var manifest = manifest(from);
    var random = new Random(5);
    try (var describer =
        Describer.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      for (int many : new int[] {1, 2, 3, 64, 65, 200}) {
        var descriptions = new ArrayList<int[]>();
        for (int i = 0; i < many; i++) {
          descriptions.add(
              random.nextInt(5) == 0 ? new int[0] : TinyLinker.description(manifest, random));
        }
        var vectors = describer.describe(descriptions);
        assertThat(vectors).hasSize(many);
        for (int i = 0; i < many; i++) {
          assertThat(vectors.get(i))
              .isEqualTo(describer.describe(List.of(descriptions.get(i))).get(0))
              .hasSize(descriptions.get(i).length == 0 ? 0 : manifest.vector());
        }
      }
    }
  }

  @Test
  void otherPairsHaveOtherNumbers() {
    var from = TinyLinker.read();
    var manifest = manifest(from);
    var random = new Random(1);
    try (var scorer =
        PairScorer.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      var pairs = TinyLinker.pairs(manifest, 20, random);
      assertThat(bits(pairByPair(scorer, manifest, pairs))).doesNotHaveDuplicates();
    }
  }

  private static List<Integer> bits(float[] numbers) {
    var bits = new ArrayList<Integer>(numbers.length);
    for (float number : numbers) {
      bits.add(Float.floatToRawIntBits(number));
    }
    return bits;
  }
}
