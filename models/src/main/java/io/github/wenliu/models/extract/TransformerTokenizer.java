package io.github.wenliu.models.extract;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A {@code tokenizer.json}, run by the library that most of them are made with: the only class that
 * knows it. It gives offsets in code points of the text, which it cannot for halves of surrogate
 * pairs: those are replaced, one for one, before. Nothing is cut off and nothing padded, whatever
 * the file says. Safe for many threads.
 */
final class TransformerTokenizer implements AutoCloseable {

  static {
    // the library would otherwise tell its makers on some machines that it was started
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;

  private TransformerTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Opens a file of a package. */
  static TransformerTokenizer open(ModelPackage from, String file) {
    byte[] json = from.bytes(file);
    try {
      return new TransformerTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
    } catch (IOException | RuntimeException | LinkageError e) {
      String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
      throw new ModelException(
          "%s/%s: expected a tokenizer that can be opened but found: %s"
              .formatted(from.location(), file, found),
          e);
    }
  }

  /** Cuts a text of any length. */
  TokenizedText tokenize(String text) {
    Encoding encoding = tokenizer.encode(withoutHalfPairs(text), true, false);
    long[] special = encoding.getSpecialTokenMask();
    int prefix = 0;
    while (prefix < special.length && special[prefix] == 1) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < special.length - prefix && special[special.length - 1 - suffix] == 1) {
      suffix++;
    }
    int length = special.length - prefix - suffix;
    int[] starts = new int[length];
    int[] ends = new int[length];
    CharSpan[] spans = encoding.getCharTokenSpans();
    for (int i = 0; i < length; i++) {
      CharSpan span = spans[prefix + i];
      // a token without a place stands where the one before it ended
      starts[i] = span == null ? i == 0 ? 0 : ends[i - 1] : span.getStart();
      ends[i] = span == null ? starts[i] : span.getEnd();
    }
    return new TokenizedText(
        encoding.getIds(),
        encoding.getTypeIds(),
        prefix,
        suffix,
        starts,
        ends,
        Arrays.copyOfRange(encoding.getWordIds(), prefix, prefix + length));
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  static String withoutHalfPairs(String text) {
    StringBuilder changed = null;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (Character.isHighSurrogate(unit)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(unit)) {
        changed = changed == null ? new StringBuilder(text) : changed;
        changed.setCharAt(at, '\uFFFD');
      }
    }
    return changed == null ? text : changed.toString();
  }
}
