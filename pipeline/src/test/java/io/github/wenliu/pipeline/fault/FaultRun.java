package io.github.wenliu.pipeline.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The long form of the fault test: kills everything there is with -9 and compares what comes out.
 */
@Command(
    name = "bench faults",
    description = {
      "Publishes documents at a steady rate and kills with -9: the local job three times, each after a completed"
          + " checkpoint, and its broker; on the standalone cluster a TaskManager, and the JobManager with the job"
          + " resubmitted from its newest checkpoint. A read_committed reader must see each input once, with the bytes"
          + " of an undisturbed run."
    },
    mixinStandardHelpOptions = true)
public final class FaultRun implements Callable<Integer> {

  @Option(names = "--documents", defaultValue = "200000", description = "How many documents flow.")
  private long documents;

  @Option(names = "--rate", defaultValue = "1500", description = "Documents a second.")
  private double perSecond;

  @Option(
      names = "--cluster-script",
      defaultValue = "deploy/cluster.sh",
      description = "Starts and stops the standalone cluster (${DEFAULT-VALUE}).")
  private Path script;

  private boolean failed;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FaultRun()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var directory = Files.createTempDirectory("wenliu-faults");
    say("undisturbed run of " + documents + " documents");
    var expected = FaultScenario.undisturbed(directory.resolve("undisturbed"), documents);
    report("undisturbed", expected, expected, null);
    try (var scenario =
        new FaultScenario(directory.resolve("local"), documents, perSecond, FaultRun::say)) {
      scenario.start();
      var publishing = scenario.publish();
      scenario.awaitPublished(0.15);
      scenario.killJob();
      scenario.awaitPublished(0.35);
      scenario.killJob();
      scenario.awaitPublished(0.5);
      scenario.killBroker();
      scenario.awaitPublished(0.7);
      scenario.killJob();
      publishing.get();
      report("local job", scenario.awaitAll(), expected, scenario.uncommitted());
    }
    try (var scenario =
        new ClusterScenario(
            script.toAbsolutePath(),
            Files.createDirectories(directory.resolve("standalone")),
            documents,
            perSecond,
            FaultRun::say)) {
      var seen = scenario.run();
      report("standalone cluster", seen, expected, scenario.uncommitted());
    }
    return failed ? 1 : 0;
  }

  private void report(String name, Outcome seen, Outcome expected, Outcome uncommitted) {
    boolean good =
        seen.inputs() == documents && seen.duplicates() == 0 && seen.differencesTo(expected) == 0;
    say(
        "%s: %,d of %,d inputs out (%,d dead letters), %d duplicates, %d differ from the undisturbed run%s: %s"
            .formatted(
                name,
                seen.inputs(),
                documents,
                seen.deadLetters(),
                seen.duplicates(),
                seen.differencesTo(expected),
                uncommitted == null
                    ? ""
                    : "; control, read_uncommitted: %,d duplicates"
                        .formatted(uncommitted.duplicates()),
                good ? "passed" : "FAILED"));
    failed |= !good || uncommitted != null && uncommitted.duplicates() == 0;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
