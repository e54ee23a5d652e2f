package io.github.wenliu.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.cluster.CommunityParameters;
import io.github.wenliu.operators.cluster.EdgeWeighting;
import io.github.wenliu.operators.cluster.PairContext;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.pipeline.codec.WordsOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineConfigTest {

  @TempDir private Path directory;

  @Test
  void defaultsAreValid() {
    var config = PipelineConfig.defaults();

    assertThat(config.jobName()).isEqualTo("wenliu");
    assertThat(config.topicPrefix()).isEqualTo("wenliu.");
    assertThat(config.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(config.idleness()).isEmpty();
    assertThat(config.alignmentDrift()).contains(Duration.ofDays(30));
    assertThat(config.kafkaProperties()).isEmpty();
  }

  @Test
  void readsHowDocumentsAreExtracted() {
    var config =
        PipelineConfig.of(
            Map.of(
                "extract.model", "own/v2",
                "extract.relations", "none",
                "extract.provider", "auto",
                "extract.deviceMemory", "512 mb",
                "extract.batch.linger", "0 ms",
                "extract.onFailure", "pass",
                "extract.directory", "/srv/models",
                "extract.repository", "https://models.example/wenliu"));

    assertThat(config.extractionModel()).isEqualTo("own/v2");
    assertThat(config.extractionSchemes()).isEqualTo("news");
    var extraction = config.extraction();
    assertThat(extraction.onFailure()).isEqualTo(FailurePolicy.PASS);
    assertThat(extraction.directory()).isEqualTo("/srv/models");
    assertThat(extraction.repository()).isEqualTo("https://models.example/wenliu");
    assertThat(extraction.cache()).isNull();
    assertThat(extraction.inference().provider()).isEqualTo(Provider.AUTO);
    assertThat(extraction.inference().deviceMemoryBytes()).isEqualTo(512L << 20);
    assertThat(extraction.inference().linger()).isZero();
    assertThat(PipelineConfig.defaults().extractionSchemes()).isEqualTo("news+duie");
  }

  @Test
  void refusesWhatCannotBeExtractedWith() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "extract.model", "own/v2/x",
                        "extract.repository", "ftp://models.example",
                        "extract.provider", "gpu",
                        "extract.deviceMemory", "0 b")))
        .hasMessageContaining("extract.model is 'own/v2/x': expected NAME or NAME/VERSION")
        .hasMessageContaining(
            "extract.repository is 'ftp://models.example': expected http://... or https://...")
        .hasMessageContaining("extract.provider is 'gpu': expected cpu or cuda or auto")
        .hasMessageContaining("extract.deviceMemory is '0 b': expected a size");
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "extract.scheme", "none",
                        "extract.relations", "none",
                        "extract.timeout", "30 s")))
        .hasMessageContaining("extract.scheme and extract.relations are both none")
        .hasMessageContaining(
            "extract.timeout is 30000 ms but must be above extract.runTimeout = 30000 ms");
    PipelineConfig.of(
        Map.of("extract.enabled", "false", "extract.scheme", "none", "extract.relations", "none"));
  }

  @Test
  void readsNestedAndDottedKeysOfAFile() throws IOException {
    var file =
        write(
            """
            job.name: nightly
            topics:
              partitions: 8
              prefix: ''
            time:
              alignment: {maxDrift: off}
            kafka:
              properties:
                security.protocol: SSL
            """);

    var config = PipelineConfig.read(file, Map.of());

    assertThat(config.jobName()).isEqualTo("nightly");
    assertThat(config.topicPartitions()).isEqualTo(8);
    assertThat(config.topicPrefix()).isEmpty();
    assertThat(config.alignmentDrift()).isEmpty();
    assertThat(config.kafkaProperties()).containsExactly(Map.entry("security.protocol", "SSL"));
  }

  @Test
  void overridesLieOverTheFile() throws IOException {
    var file = write("output.words: none\ntime.lag: 3\n");

    var config = PipelineConfig.read(file, Map.of("output.words", "new"));

    assertThat(config.wordsOutput()).isEqualTo(WordsOutput.NEW);
    assertThat(config.epochTime().lag()).isEqualTo(3);
  }

  @Test
  void anEmptyFileIsAllDefaults() throws IOException {
    assertThat(PipelineConfig.read(write("# nothing\n"), Map.of()).effective())
        .isEqualTo(PipelineConfig.defaults().effective());
  }

  @Test
  void readsWhatIsSetAboutNewWords() {
    assertThat(PipelineConfig.defaults().newWords()).isEqualTo(NewWordParameters.DEFAULT);
    assertThat(PipelineConfig.defaults().knownWords()).isEqualTo("none");

    var config =
        PipelineConfig.of(
            Map.of(
                "newWords.minCount", "2",
                "newWords.hysteresis", "0",
                "newWords.version.symbols", "7",
                "newWords.version.share", "0",
                "newWords.version.maxSymbols", "9",
                "newWords.reposts", "10 ms",
                "newWords.prune.symbols", "11",
                "newWords.memory", "3",
                "newWords.known", "/words.txt",
                "newWords.emitKnown", "true"));

    assertThat(config.newWords())
        .isEqualTo(new NewWordParameters(2, 0, 7, 0, 9, 10, 11, 3 << 20, true));
    assertThat(config.knownWords()).isEqualTo("/words.txt");
  }

  @Test
  void refusesWhatNewWordsCannotBeSetTo() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "newWords.minCount", "1",
                        "newWords.hysteresis", "-1",
                        "newWords.version.symbols", "0",
                        "newWords.version.share", "NaN",
                        "newWords.known", "",
                        "newWords.emitKnown", "yes")))
        .isInstanceOf(ConfigException.class)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(6));
  }

  @Test
  void readsWhatIsSetAboutCommunities() {
    assertThat(PipelineConfig.defaults().communitiesEnabled()).isTrue();
    assertThat(PipelineConfig.defaults().communities()).isEqualTo(CommunityParameters.DEFAULT);

    var config =
        PipelineConfig.of(
            Map.ofEntries(
                Map.entry("communities.enabled", "false"),
                Map.entry("communities.context", "document"),
                Map.entry("communities.maxPairs", "3"),
                Map.entry("communities.halfLife", "1 h"),
                Map.entry("communities.weighting", "count"),
                Map.entry("communities.minCount", "0"),
                Map.entry("communities.stopShare", "1"),
                Map.entry("communities.topK", "5"),
                Map.entry("communities.maxEdges", "6"),
                Map.entry("communities.version.pairs", "7"),
                Map.entry("communities.version.share", "0"),
                Map.entry("communities.minSize", "2"),
                Map.entry("communities.hysteresis", "1"),
                Map.entry("communities.memberHysteresis", "4"),
                Map.entry("communities.shownMembers", "9")));

    assertThat(config.communitiesEnabled()).isFalse();
    assertThat(config.communities())
        .isEqualTo(
            new CommunityParameters(
                PairContext.DOCUMENT, 3, 360, EdgeWeighting.COUNT, 0, 1, 5, 6, 7, 0, 2, 1, 4, 9));
  }

  @Test
  void readsWhatLinkingCanBeSetTo() {
    var defaults = PipelineConfig.defaults();
    assertThat(defaults.linkingEnabled()).isTrue();
    assertThat(defaults.linkModel()).isEqualTo("link");
    assertThat(defaults.link()).isEqualTo(LinkParameters.DEFAULT);
    assertThat(defaults.linkBootstrapLimit()).isEqualTo(Duration.ofMinutes(30));
    assertThat(defaults.linkInference()).isEqualTo(InferenceParameters.DEFAULT);
    assertThat(defaults.nil()).isEqualTo(NilParameters.DEFAULT);

    var config =
        PipelineConfig.of(
            Map.ofEntries(
                Map.entry("link.enabled", "false"),
                Map.entry("link.model", "mine/v2"),
                Map.entry("link.maxMentions", "7"),
                Map.entry("link.maxCandidates", "6"),
                Map.entry("link.candidates", "6"),
                Map.entry("link.entitiesAreMentions", "false"),
                Map.entry("link.bootstrapLimit", "2 h"),
                Map.entry("link.batch.rows", "9"),
                Map.entry("link.batch.linger", "1 s"),
                Map.entry("link.capacity", "10"),
                Map.entry("link.timeout", "31 s"),
                Map.entry("link.onFailure", "pass"),
                Map.entry("link.nil.minMentions", "11"),
                Map.entry("link.nil.minDocuments", "12"),
                Map.entry("link.nil.retention", "1 d"),
                Map.entry("link.nil.groupsPerName", "13"),
                Map.entry("link.nil.exceptTypes", "TITLE ,职业"),
                Map.entry("extract.threads", "3")));
    assertThat(config.linkingEnabled()).isFalse();
    assertThat(config.linkModel()).isEqualTo("mine/v2");
    assertThat(config.link()).isEqualTo(new LinkParameters(7, 6, 6, false));
    assertThat(config.linkBootstrapLimit()).isEqualTo(Duration.ofHours(2));
    assertThat(config.linkInference().maxBatch()).isEqualTo(9);
    assertThat(config.linkInference().linger()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.linkInference().threads()).as("as for extraction").isEqualTo(3);
    assertThat(config.linkCapacity()).isEqualTo(10);
    assertThat(config.linkTimeout()).isEqualTo(Duration.ofSeconds(31));
    assertThat(config.linkOnFailure()).isEqualTo(FailurePolicy.PASS);
    assertThat(config.nil())
        .isEqualTo(new NilParameters(11, 12, Duration.ofDays(1), 13, Set.of("TITLE", "职业"), true));
    assertThat(PipelineConfig.of(Map.of("link.nil.exceptTypes", "none")).nil().exceptTypes())
        .isEmpty();
  }

  @Test
  void refusesWhatLinkingCannotBeSetTo() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "link.enabled", "yes",
                        "link.model", "a b",
                        "link.maxMentions", "0",
                        "link.bootstrapLimit", "0 s",
                        "link.onFailure", "stop",
                        "link.nil.retention", "0 s",
                        "link.nil.exceptTypes", "TITLE,,PRO")))
        .isInstanceOf(ConfigException.class)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(7));
    assertThatThrownBy(() -> PipelineConfig.of(Map.of("link.maxCandidates", "4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("link.candidates is 5 but link.maxCandidates only 4");
    assertThatThrownBy(() -> PipelineConfig.of(Map.of("link.timeout", "30 s")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("link.timeout is 30000 ms but must be above extract.runTimeout");
  }

  @Test
  void refusesWhatCommunitiesCannotBeSetTo() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.ofEntries(
                        Map.entry("communities.enabled", "yes"),
                        Map.entry("communities.context", "paragraph"),
                        Map.entry("communities.maxPairs", "0"),
                        Map.entry("communities.halfLife", "a week"),
                        Map.entry("communities.weighting", "pmi"),
                        Map.entry("communities.minCount", "-1"),
                        Map.entry("communities.stopShare", "0"),
                        Map.entry("communities.topK", "0"),
                        Map.entry("communities.maxEdges", "1e6"),
                        Map.entry("communities.version.pairs", "0"),
                        Map.entry("communities.version.share", "NaN"),
                        Map.entry("communities.minSize", "0"),
                        Map.entry("communities.hysteresis", "0"),
                        Map.entry("communities.shownMembers", "0"))))
        .isInstanceOf(ConfigException.class)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(14))
        .hasMessageContaining("expected sentence or passage or document")
        .hasMessageContaining("expected count or ppmi or npmi");
  }

  @Test
  void theHalfLifeOfPairsIsARoundNumberOfEpochsAndNotNone() {
    assertThat(halfLife("25 s", "10 s")).isEqualTo(3);
    assertThat(halfLife("24999 ms", "10 s")).isEqualTo(2);
    assertThat(halfLife("1 h", "1 h")).isEqualTo(1);
    assertThatThrownBy(() -> halfLife("59 min", "1 h"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("communities.halfLife is 3540000 ms")
        .hasMessageContaining("time.epoch = 3600000 ms");
    for (String endless : new String[] {"999999999999 d", "99999999999999999 d"}) {
      assertThatThrownBy(() -> halfLife(endless, "10 s"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("communities.halfLife is '" + endless + "': expected a duration");
    }
  }

  private static long halfLife(String halfLife, String epoch) {
    return PipelineConfig.of(Map.of("communities.halfLife", halfLife, "time.epoch", epoch))
        .communities()
        .halfLifeEpochs();
  }

  @Test
  void reportsAllProblemsTogether() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "time.lags", "2",
                        "topics.partitions", "none",
                        "delivery", "exactly once",
                        "deadLetters.flood.share", "1.5",
                        "time.zone", "Mars/Olympus",
                        "kafka.properties.sasl.password", "${env:NO_SUCH_VARIABLE_HERE}")))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage().lines())
                    .hasSize(6)
                    .anySatisfy(line -> assertThat(line).startsWith("time.lags is not a key"))
                    .anySatisfy(line -> assertThat(line).contains("topics.partitions", "none"))
                    .anySatisfy(line -> assertThat(line).contains("exactly-once or at-least-once"))
                    .anySatisfy(line -> assertThat(line).contains("deadLetters.flood.share"))
                    .anySatisfy(line -> assertThat(line).contains("time.zone"))
                    .anySatisfy(line -> assertThat(line).contains("NO_SUCH_VARIABLE_HERE")));
  }

  @Test
  void refusesValuesThatDoNotFitTogether() {
    assertThatThrownBy(
            () ->
                PipelineConfig.of(
                    Map.of(
                        "time.outOfOrderness", "10 s",
                        "deadLetters.flood.window", "10",
                        "deadLetters.flood.minimum", "11")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("time.outOfOrderness")
        .hasMessageContaining("deadLetters.flood.minimum");
    assertThat(PipelineConfig.of(Map.of("time.outOfOrderness", "9999 ms"))).isNotNull();
  }

  @Test
  void refusesCommunitiesThatADocumentWouldWaitForForEver() {
    var late = Map.of("time.lag", "9", "time.outOfOrderness", "20 s");
    assertThatThrownBy(() -> PipelineConfig.of(late))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("raise communities.lag");
    assertThat(PipelineConfig.defaults().with(Map.of("communities.lag", "2")).communityLag())
        .isEqualTo(2);
    for (var key : List.of("communities.alignment=latest", "communities.enabled=false")) {
      var accepted = new HashMap<>(late);
      accepted.put(key.split("=")[0], key.split("=")[1]);
      assertThat(PipelineConfig.of(accepted)).isNotNull();
    }
  }

  @Test
  void aFileThatIsMissingOrNoMapIsAProblem() throws IOException {
    var list = write("- a\n- b\n");

    assertThatThrownBy(() -> PipelineConfig.read(directory.resolve("none.yaml"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> PipelineConfig.read(list, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(list.toString());
  }

  @Test
  void secretsComeFromTheEnvironmentAndAreNotShown() {
    var config =
        PipelineConfig.of(
            Map.of(
                "kafka.properties.sasl.password", "${env:SECRET}",
                "kafka.properties.user.info", "me:${env:SECRET}",
                "kafka.properties.ssl.truststore.password", "plain-secret",
                "kafka.properties.security.protocol", "SASL_SSL"),
            name -> name.equals("SECRET") ? "s3cr3t" : null);

    assertThat(config.kafkaProperties())
        .containsEntry("sasl.password", "s3cr3t")
        .containsEntry("user.info", "me:s3cr3t");
    assertThat(config.effective().values())
        .noneMatch(value -> value.contains("s3cr3t") || value.contains("plain-secret"))
        .contains("SASL_SSL");
  }

  @Test
  void aCopyKeepsEverythingElse() {
    var config =
        PipelineConfig.of(
            Map.of("job.name", "a", "kafka.properties.sasl.password", "${env:SECRET}"),
            name -> "${env:INNER}");

    var copy = config.with(Map.of("topics.partitions", "2"));

    assertThat(copy.jobName()).isEqualTo("a");
    assertThat(copy.topicPartitions()).isEqualTo(2);
    assertThat(copy.kafkaProperties()).containsEntry("sasl.password", "${env:INNER}");
  }

  @Test
  void everyKeyIsDocumentedAndInForce() {
    assertThat(PipelineConfig.documentation())
        .allSatisfy(
            entry ->
                assertThat(PipelineConfig.defaults().effective()).containsEntry(entry[0], entry[1]))
        .allSatisfy(entry -> assertThat(entry[2]).endsWith("."));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("wenliu.yaml"), yaml);
  }
}
