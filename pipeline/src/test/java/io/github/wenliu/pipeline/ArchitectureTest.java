package io.github.wenliu.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.Function;

/** The arrows of {@code docs/architecture.md}, in code. There are no exceptions. */
@AnalyzeClasses(packages = "io.github.wenliu", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String MODELS = "io.github.wenliu.models..";
  private static final String OPERATORS = "io.github.wenliu.operators..";
  private static final String PIPELINE = "io.github.wenliu.pipeline..";
  private static final String CODEC = "io.github.wenliu.pipeline.codec..";
  private static final String CONFIG = "io.github.wenliu.pipeline.config..";
  private static final String KAFKA_SIDE = "io.github.wenliu.pipeline.kafka..";
  private static final String LOCAL = "io.github.wenliu.pipeline.local..";
  private static final String CLI = "io.github.wenliu.pipeline.cli..";
  private static final String[] FLINK = {"org.apache.flink.."};
  private static final String[] KAFKA = {
    "org.apache.kafka..", "kafka..", "org.apache.flink.connector.kafka.."
  };

  /** Flink functions, operators, key selectors and serializers, with what is nested in them. */
  private static final DescribedPredicate<JavaClass> SHELLS =
      DescribedPredicate.describe(
          "named *Function, *Operator, *Key, *Serializer or *TypeInformation",
          type ->
              Stream.of("Function", "Operator", "Key", "Serializer", "TypeInformation")
                  .anyMatch(outermost(type).getSimpleName()::endsWith));

  @ArchTest
  static void allThreeModulesAreLookedAt(JavaClasses classes) {
    for (var folder : new String[] {"models", "operators", "pipeline"}) {
      assertThat(classes.that(resideInAPackage("io.github.wenliu." + folder + ".."))).isNotEmpty();
    }
  }

  @ArchTest
  static final ArchRule modelsKnowNeitherFlinkNorWhatIsAboveThem =
      noClasses()
          .that()
          .resideInAPackage(MODELS)
          .should()
          .dependOnClassesThat(resideInAnyPackage(OPERATORS, PIPELINE, FLINK[0]))
          .orShould()
          .dependOnClassesThat(resideInAnyPackage(KAFKA));

  @ArchTest
  static final ArchRule operatorsKnowNeitherKafkaNorThePipeline =
      noClasses()
          .that()
          .resideInAPackage(OPERATORS)
          .should()
          .dependOnClassesThat(resideInAPackage(PIPELINE))
          .orShould()
          .dependOnClassesThat(resideInAnyPackage(KAFKA));

  @ArchTest
  static final ArchRule onlyOneRoomKnowsOnnxRuntime =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.github\\.wenliu\\.models\\.inference\\.Onnx.*")
          .should()
          .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."));

  @ArchTest
  static final ArchRule onlyOneClassKnowsForeignTokenizers =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.github\\.wenliu\\.models\\.extract\\.TransformerTokenizer")
          .should()
          .dependOnClassesThat(resideInAPackage("ai.djl.."));

  @ArchTest
  static final ArchRule documentsArePlainValues =
      classes()
          .that()
          .resideInAPackage("io.github.wenliu.operators.document..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "io.github.wenliu.operators.document.."));

  @ArchTest
  static final ArchRule operatorPackagesAreStrangersToOneAnother =
      slices()
          .matching("io.github.wenliu.operators.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              resideInAnyPackage(
                  "io.github.wenliu.operators.async..",
                  "io.github.wenliu.operators.document..",
                  "io.github.wenliu.operators.decay..",
                  "io.github.wenliu.operators.envelope..",
                  "io.github.wenliu.operators.epoch..",
                  "io.github.wenliu.operators.flood.."));

  @ArchTest
  static final ArchRule coresKnowNoFlink =
      noClasses()
          .that()
          .resideInAPackage(OPERATORS)
          .and(not(SHELLS))
          .should()
          .dependOnClassesThat(resideInAnyPackage(FLINK));

  @ArchTest
  static final ArchRule coresReadNoClockAndMakeNoChance =
      noClasses()
          .that()
          .resideInAPackage(OPERATORS)
          .should()
          .dependOnClassesThat(belongToAnyOf(Random.class, ThreadLocalRandom.class, Clock.class))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now");

  @ArchTest
  static final ArchRule codecsKnowNeitherKafkaNorFlink =
      noClasses()
          .that()
          .resideInAPackage(CODEC)
          .should()
          .dependOnClassesThat(resideInAnyPackage(FLINK))
          .orShould()
          .dependOnClassesThat(resideInAnyPackage(KAFKA));

  @ArchTest
  static final ArchRule configurationKnowsNoKafka =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(resideInAnyPackage(KAFKA))
          .orShould()
          .dependOnClassesThat(resideInAPackage(KAFKA_SIDE));

  @ArchTest
  static final ArchRule theTopologyKnowsNeitherKafkaNorWhereItRuns =
      noClasses()
          .that()
          .haveNameMatching("io\\.github\\.wenliu\\.pipeline\\.(Linking|Words)?Topology(\\$.*)?")
          .should()
          .dependOnClassesThat(resideInAnyPackage(KAFKA))
          .orShould()
          .dependOnClassesThat(resideInAnyPackage(KAFKA_SIDE, LOCAL, CLI));

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheLocalRunner =
      noClasses()
          .that(not(resideInAnyPackage(LOCAL, CLI)))
          .should()
          .dependOnClassesThat(resideInAPackage(LOCAL));

  @ArchTest
  static final ArchRule nothingIsWrittenByJavaSerialisation =
      noClasses()
          .should()
          .dependOnClassesThat(belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class))
          .orShould()
          .implement(Externalizable.class);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule functionsAreFinal =
      classes()
          .that()
          .areAssignableTo(Function.class)
          .and()
          .areTopLevelClasses()
          .should()
          .haveModifier(JavaModifier.FINAL);

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }
}
