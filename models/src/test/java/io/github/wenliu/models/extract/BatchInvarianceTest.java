package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Invariant 9 on the released models: a sentence has bit for bit the same numbers alone and in any
 * batch, whatever its neighbours are and wherever it stands among them.
 */
final class BatchInvarianceTest {
  private static final String TEXT =
      "昨天下午，蓝鲸动力的创始人顾明远在苏州对本报记者说：“明年春天，我们要和东岭大学一起，把实验室建到青海湖边去。”"
          + "他的妻子沈秋是作家，写过长篇小说《雾中的灯塔》，由导演白墨改编成了同名电影😀；𠮷田先生读过三遍ＡＢＣ。";
  private static final int ROUNDS = 6;
  private static final double LOW = 0.02;
  private static final int CHARACTERS = 40;

  @TestFactory
  Stream<DynamicTest> aSentenceHasTheSameNumbersInAnyBatch() {
    var tests = new ArrayList<DynamicTest>();
    for (var from : ReleasedPackages.all()) {
      var reader = new SchemeReader(from);
      var features = FeatureSet.read(from);
      for (var scheme : reader.names()) {
        tests.add(
            DynamicTest.dynamicTest(
                from.id() + " " + scheme,
                () -> {
                  if (reader.isRelations(scheme)) {
                    checkRelations(from, features, reader.relations(scheme));
                  } else {
                    checkEntities(from, features, reader.entities(scheme));
                  }
                }));
      }
    }
    return tests.stream();
  }

  private static void checkEntities(ModelPackage from, FeatureSet features, EntityScheme scheme) {
    var tensors = new BatchTensors(features);
    try (var head = ReleasedPackages.entities(from, features, scheme)) {
      check(
          features,
          windows -> {
            var numbers = head.numbers(tensors.write(windows));
            int row = numbers.shape()[1] * numbers.shape()[2];
            var answers = new ArrayList<Object>();
            for (int i = 0; i < windows.size(); i++) {
              int used = windows.get(i).positions() * numbers.shape()[2];
              var own = Arrays.copyOfRange(numbers.numbers(), i * row, i * row + used);
              answers.add(bits(own));
            }
            return answers;
          });
    }
  }

  /** With thresholds that let nearly everything through, so that there is much to compare. */
  private static void checkRelations(
      ModelPackage from, FeatureSet features, RelationScheme released) {
    var scheme =
        new RelationScheme(
            released.model(),
            released.hidden(),
            released.subjects(),
            released.objectModel(),
            released.objects(),
            released.predicates(),
            released.categories(),
            new PointerDecoder(1, LOW, LOW, CHARACTERS),
            new PointerDecoder(released.predicates().size(), LOW, LOW, CHARACTERS),
            0);
    var tensors = new BatchTensors(features);
    try (var head = ReleasedPackages.relations(from, features, scheme)) {
      check(features, windows -> new ArrayList<>(head.run(tensors.write(windows), windows)));
    }
  }

  private static List<Integer> bits(float[] numbers) {
    var bits = new ArrayList<Integer>(numbers.length);
    for (float number : numbers) {
      bits.add(Float.floatToRawIntBits(number));
    }
    return bits;
  }

  /** Runs a batch; an answer for each window, equal if it is the same in every bit. */
  private interface Runner {
    List<Object> run(List<EncodedWindow> windows);
  }

  private static void check(FeatureSet features, Runner runner) {
    var random = new Random(9);
    for (var windows : byLength(features, random).values()) {
      var alone = new ArrayList<Object>();
      windows.forEach(window -> alone.add(runner.run(List.of(window)).get(0)));
      assertThat(Set.copyOf(alone)).hasSizeGreaterThan(1);
      var order = new ArrayList<Integer>();
      for (int i = 0; i < windows.size(); i++) {
        order.add(i);
      }
      for (int round = 0; round < ROUNDS; round++) {
        Collections.shuffle(order, random);
        var some = order.subList(0, 1 + random.nextInt(order.size()));
        var answers = runner.run(some.stream().map(windows::get).toList());
        for (int k = 0; k < some.size(); k++) {
          assertThat(answers.get(k))
              .as("window %d in a batch of %s", some.get(k), some)
              .isEqualTo(alone.get(some.get(k)));
        }
      }
    }
  }

  /** Windows of a few padded lengths, of many lengths each. */
  private static Map<Integer, List<EncodedWindow>> byLength(FeatureSet features, Random random) {
    var positions = KeySequence.of(TEXT.repeat(3));
    var windows = new TreeMap<Integer, List<EncodedWindow>>();
    for (int padded : new int[] {16, CHARACTERS, 104}) {
      var ofLength = new ArrayList<EncodedWindow>();
      for (int i = 0; i < 17; i++) {
        int length = padded - random.nextInt(BatchModel.GRANULE);
        int from = i * 5;
        ofLength.add(features.encode(new KeyWindow(positions, from, from + length), List.of()));
      }
      windows.put(padded, ofLength);
    }
    return windows;
  }
}
