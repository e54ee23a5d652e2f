package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;

/**
 * What came from the topic {@code kb}, or of promotions from {@code control}. At most one of
 * change, rejection and promotion is there; none of them is the {@link #END} of what stood there
 * when the job was submitted.
 *
 * @param change what is asked for, or {@code null}
 * @param raw the record of a rejection, or {@code null}
 * @param rejection why a record asks for nothing sensible, or {@code null}
 * @param promotion a group of unlinked mentions that is to be an entry, or no more, or {@code null}
 */
public record KbRecord(
    KbChange change, RawRecord raw, Rejection rejection, ControlChange promotion) {

  /** Everything that stood in the topic when the job was submitted has come before this. */
  public static final KbRecord END = new KbRecord(null, null, null, null);

  public KbRecord {
    int things =
        (change == null ? 0 : 1) + (rejection == null ? 0 : 1) + (promotion == null ? 0 : 1);
    if ((raw == null) != (rejection == null) || things > 1) {
      throw new IllegalArgumentException(
          "a record is either a change or a rejection with its raw or a promotion");
    }
  }

  public static KbRecord of(KbChange change) {
    return new KbRecord(change, null, null, null);
  }

  public static KbRecord rejected(RawRecord raw, Rejection rejection) {
    return new KbRecord(null, raw, rejection, null);
  }

  public static KbRecord promoting(ControlChange promotion) {
    return new KbRecord(null, null, null, promotion);
  }

  public boolean isEnd() {
    return change == null && rejection == null && promotion == null;
  }

  /** The same, in force for all time if it is a change. */
  public KbRecord forAllTime() {
    return change == null ? this : of(change.forAllTime());
  }
}
