package io.github.wenliu.operators.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A mention with the entries that it may mean.
 *
 * @param mention the place
 * @param entries at least one
 * @param more how many more there are that are not weighed
 * @param isName whether it is the very name of one of them
 */
record MentionCandidates(Mention mention, List<KbCandidate> entries, int more, boolean isName) {

  /** The mentions of a document that have any candidate, in order. */
  static List<MentionCandidates> of(LinkTask task) {
    var answers = new HashMap<String, MentionCandidates>();
    for (var answer : task.answers()) {
      if (!answer.candidates().isEmpty()) {
        var entries = answer.candidates();
        answers.put(
            answer.alias(), new MentionCandidates(null, entries, answer.more(), isName(entries)));
      }
    }
    var all = new ArrayList<MentionCandidates>(task.mentions().size());
    for (var mention : task.mentions()) {
      var answer = answers.get(mention.alias());
      if (answer != null) {
        all.add(new MentionCandidates(mention, answer.entries(), answer.more(), answer.isName()));
      }
    }
    return all;
  }

  boolean contains(MentionCandidates other) {
    return mention.start() <= other.mention.start()
        && mention.end() >= other.mention.end()
        && length() > other.length();
  }

  /** Whether both share some of the text and neither contains the other. */
  boolean crosses(MentionCandidates other) {
    boolean meet = mention.start() < other.mention.end() && other.mention.start() < mention.end();
    return meet
        && !contains(other)
        && !other.contains(this)
        && length() + other.length() > 0
        && !(mention.start() == other.mention.start() && mention.end() == other.mention.end());
  }

  private static boolean isName(List<KbCandidate> entries) {
    return entries.stream().anyMatch(entry -> entry.kind() == NameKind.NAME);
  }

  int length() {
    return mention.end() - mention.start();
  }
}
