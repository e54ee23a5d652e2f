package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.pipeline.cli.ControlRequests.Wanted;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks the job to change what it thinks of words; shared by the commands that do. */
final class WordChanges {

  @Mixin private ControlRequests requests;

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "The words.")
  private List<String> words;

  /**
   * Writes a change for each word and waits for the answers.
   *
   * @param action what to do, {@code null} to take back what was done
   * @param done what is true of a word if the job accepts
   * @param from event time from which it counts, {@code null} for as soon as possible
   * @return exit code
   */
  int ask(String action, String done, String from) {
    var wanted =
        words.stream()
            .distinct()
            .map(word -> new Wanted(word, ControlChange.WORD, word, action, null, done))
            .toList();
    return requests.ask(wanted, from, ControlRequests.AT_ONCE);
  }
}
