package io.github.wenliu.operators.document;

/** What a reader should know about how a document was treated; names are part of the contract. */
public enum Flag {
  /** Its epoch was closed before it came. */
  LATE("late"),
  /** Its event time lay too far in the future and was not used. */
  CLAMPED("clamped"),
  /** A stage answered for a part of the text only. */
  PARTIAL("partial"),
  /** A layer was cut to its bound. */
  TRUNCATED("truncated"),
  /** A stage failed and let the document pass. */
  ERROR("error");

  private final String label;

  Flag(String label) {
    this.label = label;
  }

  /** The name in the output event. */
  public String label() {
    return label;
  }

  /** This flag as a bit of {@link EnrichedDocument#flags()}. */
  public int bit() {
    return 1 << ordinal();
  }

  public boolean in(int flags) {
    return (flags & bit()) != 0;
  }
}
