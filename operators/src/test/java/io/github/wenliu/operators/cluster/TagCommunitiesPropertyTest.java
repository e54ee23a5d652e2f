package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.epoch.AlignHarness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Which communities a document touches is a function of the documents and the versions: how the two
 * inputs and their watermarks interleave, and where a checkpoint is restored, makes no difference.
 */
class TagCommunitiesPropertyTest {

  private static final List<String> NAMES = List.of("高铁", "列车", "台风");
  private static final int EPOCHS = 10;
  private static final int DOCUMENTS = 25;

  /** One thing that an input brings. */
  private interface Step {
    void takenBy(AlignHarness<MembershipChange> harness) throws Exception;
  }

  @Property(tries = 60)
  void anyInterleavingThatRespectsTheWatermarksGivesTheSameCommunities(@ForAll Random random)
      throws Exception {
    var epochs = random.ints(DOCUMENTS, 0, EPOCHS).sorted().boxed().toList();
    var changes = changes(random);
    var expected = new ArrayList<String>();
    for (int epoch : epochs) {
      expected.add(expected(epoch, changes));
    }
    assertThat(run(epochs, changes, random, false)).containsExactlyElementsOf(sorted(expected));
    assertThat(run(epochs, changes, random, true)).containsExactlyElementsOf(sorted(expected));
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private static List<MembershipChange> changes(Random random) {
    var changes = new ArrayList<MembershipChange>();
    for (long epoch = 0; epoch < EPOCHS; epoch++) {
      if (random.nextInt(3) > 0) {
        int name = random.nextInt(NAMES.size());
        changes.add(
            new MembershipChange(
                "main",
                epoch,
                Map.of(NAMES.get(name), "c" + epoch),
                List.of(NAMES.get((name + 1) % NAMES.size()))));
      }
    }
    return changes;
  }

  private static String expected(long epoch, List<MembershipChange> changes) {
    long version = 0;
    var communities = new HashMap<String, String>();
    for (MembershipChange change : changes) {
      if (change.epoch() <= epoch - Tagged.TIME.lag()) {
        version = change.epoch();
        communities.keySet().removeAll(change.left());
        communities.putAll(change.joined());
      }
    }
    return shown(epoch, version, NAMES.stream().map(communities::get).toList());
  }

  private static String shown(long epoch, long version, List<String> communities) {
    return epoch + " of " + version + " " + communities;
  }

  private static List<String> run(
      List<Integer> epochs, List<MembershipChange> changes, Random random, boolean restoring)
      throws Exception {
    var documents = documentSteps(epochs);
    var versions = versionSteps(changes);
    int restoreAt = restoring ? random.nextInt(documents.size() + versions.size()) : -1;
    var found = new ArrayList<String>();
    var harness = subtask();
    harness.initializeEmptyState();
    harness.open();
    try {
      for (int step = 0; !documents.isEmpty() || !versions.isEmpty(); step++) {
        if (step == restoreAt) {
          var state = harness.snapshot(1, 1);
          collect(harness, found);
          harness.close();
          harness = subtask();
          harness.initializeState(state);
          harness.open();
        }
        boolean fromDocuments =
            versions.isEmpty() || (!documents.isEmpty() && random.nextBoolean());
        (fromDocuments ? documents : versions).remove().takenBy(harness);
      }
      harness.bothWatermarks(Long.MAX_VALUE);
      collect(harness, found);
      return sorted(found);
    } finally {
      harness.close();
    }
  }

  /** Each document, behind the largest watermark that does not make it late. */
  private static Queue<Step> documentSteps(List<Integer> epochs) {
    var steps = new ArrayDeque<Step>();
    for (int epoch : epochs) {
      steps.add(harness -> harness.documentWatermark(Tagged.TIME.lastMillisOf(epoch) - 1));
      steps.add(harness -> harness.document(Tagged.document(epoch, String.join("|", NAMES))));
    }
    steps.add(harness -> harness.documentWatermark(Long.MAX_VALUE));
    return steps;
  }

  /** Each version, behind the largest watermark that does not pass it. */
  private static Queue<Step> versionSteps(List<MembershipChange> changes) {
    var steps = new ArrayDeque<Step>();
    for (MembershipChange change : changes) {
      long before = Tagged.TIME.lastMillisOf(change.epoch()) - 1;
      steps.add(harness -> harness.learnedWatermark(before));
      steps.add(harness -> harness.learned(change));
    }
    steps.add(harness -> harness.learnedWatermark(Long.MAX_VALUE));
    return steps;
  }

  private static void collect(AlignHarness<MembershipChange> harness, List<String> into) {
    for (EnrichedDocument document : harness.extractOutputValues()) {
      assertThat(document.flags()).isZero();
      into.add(
          shown(
              document.epoch(),
              document.versions().memberships(),
              document.words().stream().map(word -> word.community()).toList()));
    }
  }

  private static AlignHarness<MembershipChange> subtask() throws Exception {
    var harness =
        new AlignHarness<>(new TagCommunitiesOperator(Tagged.TIME, Alignment.EVENT_TIME), 1, 0);
    harness.setUp();
    return harness;
  }
}
