package io.github.wenliu.models.extract;

/**
 * A window as it waits for its run: what each feature found in it.
 *
 * @param positions its length
 * @param found by feature; the layout is the feature's own
 */
record EncodedWindow(int positions, int[][] found) {}
