package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is opened is closed, seen from outside of the JVM. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {

  /** A session that stays open holds about 80 KiB; half of the opens count. */
  private static final int OPENS = 400;

  private static final long BOUND_KIB = 6 * 1024;

  /** What is left behind is so in every process; what an allocator keeps by chance is not. */
  private static final int PROCESSES = 3;

  @Test
  void runsAndOpenedModelsLeaveNothingBehind() throws Exception {
    var least = new HashMap<String, Long>();
    for (int process = 0; process < PROCESSES && !isSmall(least); process++) {
      String output = soak("3000", String.valueOf(OPENS), "5000");
      for (String what : List.of("runs", "opens", "rounds")) {
        least.merge(what, growth(what, output), Math::min);
      }
    }
    assertThat(least).hasSize(3).allSatisfy((what, kib) -> assertThat(kib).isLessThan(BOUND_KIB));
  }

  private static boolean isSmall(Map<String, Long> growth) {
    return !growth.isEmpty() && growth.values().stream().allMatch(kib -> kib < BOUND_KIB);
  }

  @Test
  void aModelThatIsNotClosedWouldBeSeen() throws Exception {
    assertThat(growth("opens", soak("10", String.valueOf(OPENS), "50", "leak")))
        .isGreaterThan(BOUND_KIB);
  }

  private static String soak(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                // a compiler and a collector that take little memory of their own, and that early
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemorySoak.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    // freed memory is found again whichever thread asks, and what is large goes back at once
    builder
        .environment()
        .putAll(
            Map.of(
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_MMAP_THRESHOLD_", "65536",
                "MALLOC_TRIM_THRESHOLD_", "0",
                "MALLOC_TOP_PAD_", "0"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
    return output;
  }

  private static long growth(String what, String output) {
    var matcher = Pattern.compile("growth of " + what + ": (-?\\d+) KiB").matcher(output);
    assertThat(matcher.find()).describedAs(output).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
