package io.github.wenliu.operators.cluster;

/**
 * What one epoch of a channel adds to its co-occurrence graph: each pair of words once, and each
 * word once as a pair with itself.
 *
 * @param names the words, each once, in any order
 * @param size entries in use of the three arrays
 * @param first entry {@code i} is about the words {@code names[first[i]]} …
 * @param second … and {@code names[second[i]]}; the same word where the entry is about one
 * @param counts in how many contexts they stood together; where both are the same, in how many the
 *     word stood
 */
record EdgeCounts(String[] names, int size, int[] first, int[] second, int[] counts) {}
