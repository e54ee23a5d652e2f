package io.github.wenliu.pipeline.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides which letters may be sent again. Of a line of attempts only the last may, once, and only
 * while it is below the bound.
 */
final class RedriveRule {

  /** What becomes of a letter. */
  enum Verdict {
    SEND("sent"),
    ALREADY_SENT("sent before"),
    AT_MAX_ATTEMPTS("at --max-attempts"),
    HOMELESS("without a topic to go back to"),
    WITHOUT_VALUE(
        "too large to carry their value (take it from their origin, with --replace-value)");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /** For the report. */
    String label() {
      return label;
    }
  }

  private final int maxAttempts;
  private final boolean again;
  private final boolean valueReplaced;
  private final RedriveMarks marks;
  private final Set<String> topics;
  private final Map<String, Integer> lastAttemptByRoot = new HashMap<>();

  /**
   * @param again whether letters that were sent before may be sent once more
   * @param valueReplaced whether another value is sent in place of the letter's
   * @param marks letters that were sent before
   * @param topics all topics that exist
   */
  RedriveRule(
      int maxAttempts,
      boolean again,
      boolean valueReplaced,
      RedriveMarks marks,
      Set<String> topics) {
    this.maxAttempts = maxAttempts;
    this.again = again;
    this.valueReplaced = valueReplaced;
    this.marks = marks;
    this.topics = Set.copyOf(topics);
  }

  /** Takes note of a letter; every one must pass here before the first verdict. */
  void see(StoredLetter letter) {
    if (letter.attempts() > 0) {
      lastAttemptByRoot.merge(letter.root(), letter.attempts(), Math::max);
    }
  }

  Verdict judge(StoredLetter letter) {
    if (!letter.isComplete() || !topics.contains(letter.topic())) {
      return Verdict.HOMELESS;
    }
    if (letter.lacksValue() && !valueReplaced) {
      return Verdict.WITHOUT_VALUE;
    }
    boolean hasSuccessor =
        lastAttemptByRoot.getOrDefault(letter.root(), letter.attempts()) > letter.attempts();
    if (hasSuccessor || (!again && marks.contains(letter))) {
      return Verdict.ALREADY_SENT;
    }
    return letter.attempts() >= maxAttempts ? Verdict.AT_MAX_ATTEMPTS : Verdict.SEND;
  }
}
