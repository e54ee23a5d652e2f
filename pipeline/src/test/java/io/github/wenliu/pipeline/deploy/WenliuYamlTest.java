package io.github.wenliu.pipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code deploy/conf/wenliu.yaml} shows every key with its default and its meaning. */
class WenliuYamlTest {

  private static final int LINE_WIDTH = 98;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._:/-]*");
  private static final List<String> READ_AS_BOOLEAN = List.of("off", "on", "yes", "no", "y", "n");
  private static final Path WANTED = Path.of("target", "wenliu.yaml");

  /** A key of the documentation: what stands in the file below its path. */
  private record Entry(String value, String meaning) {}

  @Test
  void showsEveryKeyWithDefaultAndMeaning() throws IOException {
    var text = DeployFolder.text("conf/wenliu.yaml");
    var preamble = text.substring(0, text.indexOf("\n\n") + 2);
    var wanted = preamble + rendered(PipelineConfig.documentation());
    Files.writeString(WANTED, wanted);

    assertThat(preamble.lines().filter(line -> !line.isEmpty())).allMatch(l -> l.startsWith("#"));
    assertThat(text)
        .as("deploy/conf/wenliu.yaml; what it should be stands in pipeline/%s", WANTED)
        .isEqualTo(wanted);
  }

  @Test
  void isReadAsTheDefaults() {
    var read = PipelineConfig.read(DeployFolder.path("conf/wenliu.yaml"), Map.of());

    assertThat(read.effective()).isEqualTo(PipelineConfig.defaults().effective());
  }

  private static String rendered(List<String[]> documentation) {
    var tree = new LinkedHashMap<String, Object>();
    for (String[] option : documentation) {
      insert(tree, List.of(option[0].split("\\.")), new Entry(option[1], option[2]));
    }
    var groups = new ArrayList<String>();
    tree.forEach(
        (key, value) -> {
          var lines = new ArrayList<String>();
          render(key, value, "", lines);
          groups.add(String.join("\n", lines) + "\n");
        });
    return String.join("\n", groups);
  }

  @SuppressWarnings("unchecked")
  private static void insert(Map<String, Object> tree, List<String> path, Entry entry) {
    if (path.size() == 1) {
      tree.put(path.get(0), entry);
      return;
    }
    var below = tree.computeIfAbsent(path.get(0), key -> new LinkedHashMap<String, Object>());
    insert((Map<String, Object>) below, path.subList(1, path.size()), entry);
  }

  private static void render(String key, Object value, String indent, List<String> lines) {
    if (value instanceof Entry entry) {
      lines.addAll(comment(entry.meaning(), indent));
      lines.add(indent + key + ": " + scalar(entry.value()));
      return;
    }
    lines.add(indent + key + ":");
    ((Map<?, ?>) value)
        .forEach((below, inner) -> render((String) below, inner, indent + "  ", lines));
  }

  private static List<String> comment(String meaning, String indent) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : meaning.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LINE_WIDTH - indent.length()) {
        lines.add(indent + "# " + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(indent + "# " + line);
    return lines;
  }

  private static String scalar(String value) {
    boolean isPlain = PLAIN.matcher(value).matches() && !value.endsWith(":");
    return isPlain && !READ_AS_BOOLEAN.contains(value) ? value : "\"" + value + "\"";
  }
}
