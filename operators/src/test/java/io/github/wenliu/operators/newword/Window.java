package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.List;

/**
 * A window in the open, and the epoch that it counts for. Symbols that begin with a Latin letter or
 * digit are runs.
 */
record Window(long epoch, List<String> symbols) {

  /** Packs windows as they come. */
  static byte[] packed(List<Window> windows) {
    var out = new PackedWriter();
    Long epoch = null;
    for (Window window : windows) {
      if (epoch == null || epoch != window.epoch()) {
        epoch = window.epoch();
        WindowBuffers.writeEpoch(out, epoch);
      }
      out.writeByte(window.symbols().size());
      for (String symbol : window.symbols()) {
        boolean isRun = isRun(symbol);
        out.writeSymbol(
            isRun ? SymbolCodes.FIRST_RUN : symbol.codePointAt(0), isRun ? symbol : null);
      }
    }
    return out.toByteArray();
  }

  static List<Window> unpacked(byte[] batch) {
    var windows = new ArrayList<Window>();
    var runs = new RunNames();
    var in = new PackedReader(batch, runs);
    long epoch = Long.MIN_VALUE;
    while (!in.isAtEnd()) {
      if (in.peekByte() == WindowBuffers.EPOCH) {
        epoch = WindowBuffers.readEpoch(in);
      } else {
        var symbols = new ArrayList<String>();
        for (int left = in.readByte(); left > 0; left--) {
          symbols.add(shown(in.readSymbol(), runs));
        }
        windows.add(new Window(epoch, symbols));
      }
    }
    return windows;
  }

  static boolean isRun(String symbol) {
    return symbol.charAt(0) < 0x80;
  }

  static String shown(int symbol, RunNames runs) {
    return symbol < SymbolCodes.FIRST_RUN ? Character.toString(symbol) : runs.name(symbol);
  }
}
