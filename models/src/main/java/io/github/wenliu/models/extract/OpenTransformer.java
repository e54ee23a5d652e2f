package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.Batcher;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.SharedMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What all extractors of one foreign transformer in a process share. */
final class OpenTransformer implements AutoCloseable {
  private static final String WARM_UP = "文流读懂每一篇文档。";

  private final TransformerScheme scheme;
  private final int maxPositions;
  private final int overlap;
  private final ExtractionAssembly assembly;
  private final SharedMetrics metrics = new SharedMetrics();
  private final TransformerTokenizer tokenizer;
  private final Batcher<TokenWindow, float[]> batcher;

  private OpenTransformer(
      ModelPackage from, ModelSelection selection, InferenceParameters parameters) {
    if (selection.relations() != null) {
      throw from.wrong("kind", "one with relations", from.kind());
    }
    this.scheme = TransformerScheme.read(from, selection.entities());
    var encoding = ManifestFields.of(from).object("encoding");
    this.maxPositions = encoding.positive("maxPositions");
    this.overlap = encoding.positive("overlap");
    this.assembly = new ExtractionAssembly(scheme.labels(), List.of());
    this.tokenizer = TransformerTokenizer.open(from, scheme.tokenizer());
    try {
      int around = around();
      if (maxPositions - around <= 2 * overlap) {
        throw from.wrong(
            "encoding.overlap",
            "less than half of what %d around a text leave of %d".formatted(around, maxPositions),
            overlap);
      }
      this.batcher =
          new Batcher<>(
              from.id(),
              () -> TransformerModel.open(from, scheme, parameters, metrics),
              parameters,
              metrics);
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Opens a selection and runs it once. */
  static OpenTransformer open(
      ModelPackage from,
      ModelSelection selection,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var opened = new OpenTransformer(from, selection, parameters);
    opened.metrics.add(metrics);
    try {
      WindowExtractor.await(opened.spans(WARM_UP, KeySequence.of(WARM_UP)));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    } finally {
      opened.metrics.remove(metrics);
    }
  }

  private int around() {
    var none = tokenizer.tokenize("");
    return none.prefix() + none.suffix();
  }

  ExtractionAssembly assembly() {
    return assembly;
  }

  SharedMetrics metrics() {
    return metrics;
  }

  /** The spans of a text, in positions. */
  CompletableFuture<List<ScoredSpan>> spans(String text, KeySequence positions) {
    var tokens = tokenizer.tokenize(text);
    var windows = TokenWindow.cut(tokens, maxPositions, overlap);
    if (windows.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    var answers = new ArrayList<CompletableFuture<float[]>>(windows.size());
    windows.forEach(window -> answers.add(batcher.submit(window)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                spans(
                    tokens,
                    TokenWindow.join(
                        windows,
                        answers.stream().map(CompletableFuture::join).toList(),
                        scheme.tags()),
                    positions));
  }

  private List<ScoredSpan> spans(TokenizedText tokens, float[] numbers, KeySequence positions) {
    // the tokens that speak: first[i] does for all up to first[i + 1]
    int[] first = new int[tokens.length() + 1];
    int speaking = 0;
    for (int token = 0; token < tokens.length(); token++) {
      if (!scheme.firstOfWord() || tokens.beginsWord(token)) {
        System.arraycopy(
            numbers, token * scheme.tags(), numbers, speaking * scheme.tags(), scheme.tags());
        first[speaking++] = token;
      }
    }
    first[speaking] = tokens.length();
    var spans = new ArrayList<ScoredSpan>();
    for (var span : scheme.decoder().decode(numbers, 0, speaking)) {
      int start = tokens.starts()[first[span.first()]];
      int end = tokens.ends()[first[span.last() + 1] - 1];
      int from = Math.max(0, positions.positionFrom(start + 1) - 1);
      int to = positions.positionFrom(end) - 1;
      // some tokenizers count the space before a word as its own
      while (from <= to && positions.key(from) == Keys.of(' ')) {
        from++;
      }
      while (from <= to && positions.key(to) == Keys.of(' ')) {
        to--;
      }
      if (from <= to) {
        spans.add(new ScoredSpan(from, to, span.label(), span.score()));
      }
    }
    return ScoredSpan.withoutOverlaps(spans, ScoredSpan.BEST_FIRST);
  }

  @Override
  public void close() {
    batcher.close();
    tokenizer.close();
  }
}
