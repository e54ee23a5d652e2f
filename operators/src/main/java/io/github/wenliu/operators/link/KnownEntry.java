package io.github.wenliu.operators.link;

/**
 * What is kept of an entry.
 *
 * @param entry cut to what a {@link KbCandidate} holds; {@code null} if there is none, but
 *     redirects to it
 * @param vector of its description; empty without one
 * @param sources how many others redirect to it
 */
public record KnownEntry(KbEntry entry, byte[] vector, int sources) {

  /** Of an entry that nothing is known of. */
  static final KnownEntry NONE = new KnownEntry(null, new byte[0], 0);

  KnownEntry withSources(int sources) {
    return new KnownEntry(entry, vector, sources);
  }

  boolean isEmpty() {
    return entry == null && sources == 0;
  }
}
