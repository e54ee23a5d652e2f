package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/** Writes symbols; the characters of a Latin run once only, as most runs occur in many n-grams. */
final class WrittenRuns {

  private final PackedWriter out;
  private final RunNames runs;

  /** The numbers of the runs that were written; {@code null} until there is one. */
  private Int2IntOpenHashMap written;

  WrittenRuns(PackedWriter out, RunNames runs) {
    this.out = out;
    this.runs = runs;
  }

  void write(int symbol) {
    if (symbol < SymbolCodes.FIRST_RUN) {
      out.writeSymbol(symbol, null);
      return;
    }
    if (written == null) {
      written = new Int2IntOpenHashMap();
    }
    int number = written.getOrDefault(symbol, -1);
    if (number >= 0) {
      out.writeRunAgain(number);
    } else {
      written.put(symbol, written.size());
      out.writeSymbol(symbol, runs.name(symbol));
    }
  }
}
