package io.github.wenliu.operators.trends;

/**
 * A word that becomes one, and how often it had occurred before any document was tagged with it.
 *
 * @param channel tenant
 * @param word the word
 * @param epoch the version that announces it
 * @param count its occurrences until then
 */
public record AnnouncedWord(String channel, String word, long epoch, long count) {}
