package io.github.wenliu.operators.newword;

/**
 * Says that the words of a channel are to be found anew from all documents up to an epoch.
 *
 * @param channel tenant
 * @param epoch the last epoch that counts; it names the version
 * @param last whether the input has ended; then every word is told once more
 * @param prunes whether rare n-grams are forgotten behind it
 * @param total occurrences of all symbols
 * @param symbols occurrences of each symbol that is frequent enough to be in a candidate, packed
 */
public record VersionDue(
    String channel, long epoch, boolean last, boolean prunes, long total, byte[] symbols) {}
