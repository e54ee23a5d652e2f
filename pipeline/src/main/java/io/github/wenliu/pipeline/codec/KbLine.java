package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;

/**
 * A line of a file of entries. Exactly one of change and rejection is there.
 *
 * @param file base name of the file, without directories
 * @param number of the line, from 1; empty lines count
 * @param bytes of the line without its end
 * @param change the entry that it holds, and from when on it counts; or {@code null}
 * @param rejection why it holds none, or {@code null}
 */
public record KbLine(String file, long number, byte[] bytes, KbChange change, Rejection rejection) {

  public KbLine {
    if ((change == null) == (rejection == null)) {
      throw new IllegalArgumentException("a line is either an entry or a rejection");
    }
  }

  /** The entry, or {@code null}. */
  public KbEntry entry() {
    return change == null ? null : change.entry();
  }

  /** Where it stands: {@code file:line}. */
  public String place() {
    return file + ":" + number;
  }
}
