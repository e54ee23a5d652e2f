package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Communities of files, and what is told of them. */
class ClusterCommandTest {

  /** Two triangles and an edge between them; ids have gaps. */
  private static final String TRIANGLES =
      """
      # two triangles

      10 20
      20 30 1
      10\t30 1.0
      30 70
      70 80
      80 90 0.5
      90 80 0.5
      90 70
      """;

  /** By hand: see the tests of the map equation. */
  private static final double LENGTH = 2.320730356827;

  private static final double ONE_LEVEL = 2.556656707462;
  private static final double CLOSE = 1e-9;

  @TempDir private Path directory;

  private Path edges;

  @BeforeEach
  void writeEdges() throws IOException {
    edges = file("edges.txt", TRIANGLES);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static CommandLineRun cluster(Object... arguments) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("cluster"), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.outLines();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  @Test
  void tellsWhatItFoundAsJson() throws IOException {
    var run = cluster("--format", "json", "--two-level", "--trials", 3, edges);

    var found = json(run);
    assertThat(found.get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(found.get("oneLevelCodelength").asDouble()).isEqualTo(ONE_LEVEL, within(CLOSE));
    assertThat(found.get("modules").asInt()).isEqualTo(2);
    assertThat(found.get("levels").asInt()).isEqualTo(2);
    assertThat(found.get("trials").asInt()).isEqualTo(3);
    assertThat(found.get("nodes").asInt()).isEqualTo(6);
    assertThat(found.get("edges").asInt()).isEqualTo(7);
    assertThat(found.get("searchSeconds").asDouble()).isPositive();
    assertThat(run.errLines()).hasSize(3);
    assertThat(run.errLines().get(2))
        .matches("trial 3 of 3: codelength 2.320730357, 2 modules, [0-9.]+ s");
  }

  /** Three triangles of triangles: modules of modules are shorter than modules of nodes. */
  private Path nineTriangles() throws IOException {
    var text = new StringBuilder();
    for (int triangle = 0; triangle < 9; triangle++) {
      int first = 3 * triangle;
      text.append(
          "%d %d%n%d %d%n%d %d%n"
              .formatted(first, first + 1, first + 1, first + 2, first, first + 2));
      int next = triangle % 3 == 2 ? triangle - 2 : triangle + 1;
      text.append("%d %d%n".formatted(first + 1, 3 * next));
    }
    text.append("2 11%n11 20%n20 2%n".formatted());
    return file("nine.txt", text.toString());
  }

  @Test
  void findsModulesOfModules() throws IOException {
    var graph = nineTriangles();
    var tree = directory.resolve("nine.tree");

    var deep = json(cluster("--json", "--trials", 2, "--out", tree, graph));
    var flat = json(cluster("--json", "--trials", 2, "--two-level", graph));

    assertThat(deep.get("levels").asInt()).isEqualTo(3);
    assertThat(deep.get("modules").asInt()).isEqualTo(3);
    assertThat(flat.get("levels").asInt()).isEqualTo(2);
    assertThat(deep.get("codelength").asDouble()).isLessThan(flat.get("codelength").asDouble());
    assertThat(Files.readAllLines(tree)).anyMatch(line -> line.matches("3:3:3 0\\.\\d+ .*"));
    assertThat(json(cluster("--json", "--evaluate", tree, graph)).get("codelength").asDouble())
        .isEqualTo(deep.get("codelength").asDouble(), within(CLOSE));
    assertThat(json(cluster("--json", "--initial", tree, graph)).get("codelength").asDouble())
        .isEqualTo(deep.get("codelength").asDouble(), within(CLOSE));
  }

  @Test
  void tellsWhatItFoundAsText() {
    var run = cluster(edges);

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .containsExactly(
            "6 nodes, 7 edges; 2 modules",
            "codelength 2.320730357 bits, with all nodes in one module 2.556656707 bits",
            "index 0.142857143, modules 2.177873214");
    assertThat(run.errLines()).hasSize(10);
  }

  @Test
  void readsGzipUnderAnyName() throws IOException {
    var packed = directory.resolve("packed.txt");
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(packed))) {
      stream.write(TRIANGLES.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(json(cluster("--format", "json", packed)).get("codelength").asDouble())
        .isEqualTo(LENGTH, within(CLOSE));
  }

  @Test
  void writesATree() throws IOException {
    var out = directory.resolve("found.tree");

    cluster("--out", out, edges);

    List<String> lines = Files.readAllLines(out);
    assertThat(lines)
        .contains("# partitioned into 2 levels with 2 top modules", "# path flow name node_id");
    assertThat(lines.stream().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "1:1 0.21428571428571427 \"30\" 30",
            "1:2 0.14285714285714285 \"10\" 10",
            "1:3 0.14285714285714285 \"20\" 20",
            "2:1 0.21428571428571427 \"70\" 70",
            "2:2 0.14285714285714285 \"80\" 80",
            "2:3 0.14285714285714285 \"90\" 90");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(edges, out);
    }
  }

  @Test
  void writesClusters() throws IOException {
    var out = directory.resolve("found.clu");

    cluster("--out", out, edges);

    assertThat(Files.readAllLines(out))
        .contains("# node_id module flow")
        .containsSubsequence("30 1 0.21428571428571427", "90 2 0.14285714285714285");
  }

  @Test
  void writesJson() throws IOException {
    var out = directory.resolve("found.json");

    cluster("--out", out, edges);

    var written = new ObjectMapper().readTree(out.toFile());
    assertThat(written.get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(written.get("numTopModules").asInt()).isEqualTo(2);
    assertThat(written.get("nodes")).hasSize(6);
    assertThat(written.get("nodes").get(3))
        .hasToString("{\"path\":[2,1],\"name\":\"70\",\"flow\":0.21428571428571427,\"id\":70}");
  }

  /** The triangles with each edge seen fifty times, and a node that was seen once. */
  private Path often() throws IOException {
    var text = new StringBuilder("90 95\n");
    for (String line : TRIANGLES.lines().filter(line -> line.matches("\\d.*")).toList()) {
      var columns = line.split("\\s");
      text.append("%s %s 50%n".formatted(columns[0], columns[1]));
    }
    return file("often.txt", text.toString());
  }

  @Test
  void tellsWhatOfModulesLasts() throws IOException {
    var out = directory.resolve("lasting.json");

    var run = cluster("--two-level", "--trials", 1, "--significance", 40, "-o", out, often());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.errLines())
        .hasSize(41)
        .anyMatch(line -> line.matches("replicate 40 of 40: codelength [\\d.]+, \\d modules"));
    assertThat(run.outLines().subList(3, run.outLines().size()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "significance: 2 of 2 modules, cores of 6 nodes with 99.9 % of the"),
            line -> assertThat(line).startsWith("  module    nodes      flow core nodes"),
            line -> assertThat(line).matches(" +1 +4 +0\\.5\\d+ +3 +0\\.5\\d+ +[01]\\.\\d{4}"),
            line -> assertThat(line).matches(" +2 +3 +0\\.4\\d+ +3 +0\\.4\\d+ +[01]\\.\\d{4}"));
    var written = new ObjectMapper().readTree(out.toFile());
    for (var node : written.get("nodes")) {
      assertThat(node.get("core").asBoolean()).isEqualTo(node.get("id").asInt() != 95);
    }
    assertThat(written.get("significance").get("coreNodes").asInt()).isEqualTo(6);
  }

  @Test
  void tellsWhatLastsAsJson() throws IOException {
    var run = cluster("--two-level", "--json", "--unit", "0.75", often(), "--significance");

    var found = json(run).get("significance");
    assertThat(found.get("replicates").asInt()).isEqualTo(100);
    assertThat(found.get("confidence").asDouble()).isEqualTo(0.95);
    assertThat(found.get("unit").asDouble()).isEqualTo(0.75);
    assertThat(found.get("significantModules").asInt()).isEqualTo(2);
    var row = found.get("modules").get(1);
    assertThat(row.get("module").asInt()).isEqualTo(2);
    assertThat(row.get("nodes").asInt()).isEqualTo(3);
    assertThat(row.get("coreNodes").asInt()).isEqualTo(3);
    assertThat(row.get("stability").asDouble()).isBetween(0.9, 1.0);
    assertThat(row.get("significant").asBoolean()).isTrue();
    assertThat(row.get("notDistinctFrom")).isEmpty();
    assertThat(run.errLines())
        .contains("note: not all weights are whole numbers of 0.75: see --unit");
  }

  @ParameterizedTest
  @CsvSource({
    "--significance 5, --significance needs --two-level",
    "--two-level --unit 2, --confidence and --unit go with --significance",
    "--significance 0 --two-level, '--significance is 0, expected 1 or more'",
    "--significance 5 --two-level --directed, '--significance excludes --directed, --regularized"
        + " and --entropy-corrected'",
    "--significance 5 --two-level --regularized, '--significance excludes --directed,"
        + " --regularized and --entropy-corrected'",
    "--significance 5 --two-level --confidence 2, '--confidence is 2.0, expected more than 0 and at"
        + " most 1'",
    "--significance 5 --two-level --unit 0, '--unit is 0.0, expected a number above 0'"
  })
  void refusesToTellWhatLastsOf(String options, String why) {
    var run = cluster(Stream.concat(Stream.of(options.split(" ")), Stream.of(edges)).toArray());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"found.tree", "found.clu"})
  void pricesWhatItWrote(String name) throws IOException {
    var out = directory.resolve(name);
    cluster("--out", out, edges);

    var run = cluster("--format", "json", "--evaluate", out, edges);

    assertThat(json(run).get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(json(run).get("trials").asInt()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void pricesAnyModules() throws IOException {
    var oneModule = file("one.txt", "10 5\n20 5\n30 5\n70 5\n80 5\n90 5\n1000 6\n");

    assertThat(
            json(cluster("--format", "json", "--evaluate", oneModule, edges))
                .get("codelength")
                .asDouble())
        .isEqualTo(ONE_LEVEL, within(CLOSE));
  }

  @Test
  void pricesAllLevelsOfADeepTree() throws IOException {
    var tree =
        file(
            "deep.tree",
            """
            # path flow name node_id
            1:1:1 0.1 "a b" 10
            1:1:2 0.1 "a" 20
            1:2:1 0.1 "a" 30
            2:1 0.1 "a" 70
            2:2 0.1 "a" 80
            2:3 0.1 "a" 90
            *Links undirected
            *Links root 0 0 1 2
            1 2 0.1
            """);

    var deep = json(cluster("--json", "--evaluate", tree, edges));
    var flat = json(cluster("--json", "--two-level", "--evaluate", tree, edges));

    // By hand, in ends of edges of 14: what enters and leaves {1}, {1:1}, {1:2} and {2} is 1, 2, 3
    // and 1.
    double index = (2 * log2(2) + codebook(1, 2, 3)) / 14;
    double modules = (codebook(2, 2, 2) + codebook(3, 3) + codebook(1, 2, 2, 3)) / 14;
    assertThat(deep.get("indexCodelength").asDouble()).isEqualTo(index, within(CLOSE));
    assertThat(deep.get("moduleCodelength").asDouble()).isEqualTo(modules, within(CLOSE));
    assertThat(deep.get("codelength").asDouble()).isEqualTo(index + modules, within(CLOSE));
    assertThat(deep.get("levels").asInt()).isEqualTo(3);
    assertThat(flat.get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(flat.get("levels").asInt()).isEqualTo(2);
  }

  /** Bits to use words as often as given. */
  private static double codebook(double... uses) {
    double all = 0;
    double bits = 0;
    for (double use : uses) {
      all += use;
      bits -= use * log2(use);
    }
    return bits + all * log2(all);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--regularized, undirected; regularized",
    "--entropy-corrected, undirected; entropy corrected",
    "--directed, directed",
    "--directed --recorded-teleportation, directed with recorded teleportation",
    "--directed --recorded-teleportation --to-nodes, directed with recorded teleportation to nodes"
  })
  void otherFlowsPriceWhatTheyFound(String options, String model) throws IOException {
    var out = directory.resolve("found.ftree");
    var words = Stream.of(options.split(" "));

    var found =
        json(cluster(Stream.concat(words, Stream.of("--json", "-o", out, edges)).toArray()));

    words = Stream.of(options.split(" "));
    var priced =
        json(
            cluster(Stream.concat(words, Stream.of("--json", "--evaluate", out, edges)).toArray()));
    assertThat(priced.get("codelength").asDouble())
        .isEqualTo(found.get("codelength").asDouble(), within(CLOSE));
    assertThat(Files.readAllLines(out)).contains("# flow model " + model);
  }

  @Test
  void writesLinksBetweenModules() throws IOException {
    var out = directory.resolve("found.ftree");

    cluster("--out", out, edges);

    var lines = Files.readAllLines(out);
    assertThat(lines.subList(lines.indexOf("*Links undirected"), lines.size()))
        .containsExactly(
            "*Links undirected",
            "#*Links path enterFlow exitFlow numEdges numChildren",
            "*Links root 0 0 1 2",
            "1 2 0.14285714285714285",
            "*Links 1 0.07142857142857142 0.07142857142857142 3 3",
            "1 2 0.14285714285714285",
            "1 3 0.14285714285714285",
            "2 3 0.14285714285714285",
            "*Links 2 0.07142857142857142 0.07142857142857142 3 3",
            "1 2 0.14285714285714285",
            "1 3 0.14285714285714285",
            "2 3 0.14285714285714285");
  }

  @Test
  void startsFromGivenModules() throws IOException {
    var initial = file("initial.txt", "10 0\n20 0\n30 1\n70 1\n");

    var deep = cluster("--json", "--trials", 2, "--initial", initial, edges);
    var flat = cluster("--json", "--trials", 2, "--two-level", "--initial", initial, edges);

    assertThat(json(deep).get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(json(flat).get("codelength").asDouble()).isEqualTo(LENGTH, within(CLOSE));
    assertThat(flat.errLines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-file",
        "--recorded-teleportation EDGES",
        "--directed --to-nodes EDGES",
        "--directed --regularized EDGES",
        "--trials 0 EDGES",
        "--trials many EDGES",
        "--format xml EDGES",
        "--initial no-such-file EDGES",
        "--evaluate no-such-file EDGES",
        "--evaluate EDGES --initial EDGES EDGES",
        "--out found.txt EDGES",
        "--out no-such-directory/found.tree EDGES"
      })
  void wrongUseIsOneLineAndTwo(String line) {
    var arguments = ("cluster " + line).trim().replace("EDGES", edges.toString()).split(" ");

    var run = CommandLineRun.of(arguments);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 3 4          | line 2: expected two nodes and perhaps a weight, columns: 4",
        "1                | line 2: expected two nodes and perhaps a weight, columns: 1",
        "a 2              | line 2: expected a node id, found a",
        "1 -2             | line 2: expected a node id from 0 on, found -2",
        "1 2 -1           | line 2: expected a weight of at least 0, found -1",
        "1 2 NaN          | line 2: expected a weight of at least 0, found NaN",
        "1 2 x            | line 2: expected a weight of at least 0, found x"
      })
  void saysWhereTheGraphIsWrong(String line, String message) throws IOException {
    var wrong = file("wrong.txt", "0 1\n" + line + "\n");

    var run = cluster(wrong);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).containsExactly(wrong + " " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10               | ' line 1: expected a node and its module, found 1 column'",
        "10 x             | ' line 1: expected a module, found x'",
        "1:1 0.5 10       | ' line 1: expected path, flow, name and node, found 3 columns'",
        "10 1             | ' has no module for node 20'"
      })
  void saysWhereThePartitionIsWrong(String line, String message) throws IOException {
    var wrong = file("wrong.txt", line + "\n");

    var run = cluster("--evaluate", wrong, edges);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).containsExactly(wrong + message);
  }

  @Test
  void aNodeIsInOneModule() throws IOException {
    var wrong = file("wrong.txt", "10 1\n10 1\n10 2\n");

    assertThat(cluster("--evaluate", wrong, edges).errLines())
        .containsExactly(wrong + " line 3: node 10 is in two modules");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "1 2 0\n"})
  void aGraphWithoutWeightHasNoCommunities(String text) throws IOException {
    var empty = file("empty.txt", text);

    var run = cluster(empty);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).containsExactly(empty + " has no edge with a weight");
  }

  @Test
  void explainsItself() {
    var run = cluster("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: wenliu cluster").contains("--two-level");
  }
}
