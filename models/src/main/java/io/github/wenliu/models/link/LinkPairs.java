package io.github.wenliu.models.link;

/**
 * The pairs of a mention and a candidate of one document, as the model sees them.
 *
 * @param pairs how many
 * @param features {@code [pairs, LinkModel.features()]}, pair by pair
 * @param context tokens around the mention, {@code [pairs, LinkModel.tokens()]}; 0 is padding
 * @param descriptions vectors of the candidates' descriptions, {@code [pairs, LinkModel.vector()]};
 *     all 0 without one
 */
public record LinkPairs(int pairs, float[] features, int[] context, byte[] descriptions) {}
