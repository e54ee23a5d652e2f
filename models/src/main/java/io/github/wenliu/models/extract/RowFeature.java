package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import java.util.List;

/**
 * Each position has the vector of its character, or of its character and the next one.
 *
 * <p>What it finds: the row of each position, 0 for the unknown. Cost: a look-up and one row a
 * position.
 */
final class RowFeature implements Feature {
  private final RowVocabulary vocabulary;
  private final QuantizedTable table;

  RowFeature(String file, RowVocabulary vocabulary, QuantizedTable table) {
    if (vocabulary.size() != table.rows()) {
      throw new ModelException(
          "%s has %d lines, expected one for each of the %d rows of its table"
              .formatted(file, vocabulary.size(), table.rows()));
    }
    this.vocabulary = vocabulary;
    this.table = table;
  }

  @Override
  public int width() {
    return table.dimensions();
  }

  @Override
  public int[] find(KeyWindow window, List<WindowHint> hints) {
    return vocabulary.rows(window);
  }

  @Override
  public void write(int[] found, int position, float[] out, int at) {
    table.write(found[position], out, at);
  }
}
