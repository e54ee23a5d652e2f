package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;

/** Texts as the stages take them in. */
final class Texts {

  private Texts() {}

  static SymbolCodes codes(String text) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    return codes;
  }

  static PackedText packed(String text) {
    var packed = new PackedText();
    packed.read(codes(text));
    return packed;
  }

  /** Cuts a text in both directions; returns the number of its windows. */
  static int cut(WindowBuffers buffers, String text, long epoch) {
    var out = new PackedWriter();
    packed(text).writeTo(out);
    var names = new RunNames();
    return buffers.add(new PackedReader(out.toByteArray(), names), names, epoch);
  }
}
