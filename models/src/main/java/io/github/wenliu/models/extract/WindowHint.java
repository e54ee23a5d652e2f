package io.github.wenliu.models.extract;

/**
 * A {@link LexiconHint} in a window.
 *
 * @param first first position in the window
 * @param last last position in the window, itself included
 * @param category what is known
 */
record WindowHint(int first, int last, String category) {}
