package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.text.SegmentationScore;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Scores the word segmenter. */
@Command(
    name = "segmentation",
    description = {
      "Scores the segmenter against gold files: words separated by blanks, a sentence a line; gzip"
          + " is recognised.",
      "Prints one JSON object for each file."
    },
    mixinStandardHelpOptions = true)
final class EvalSegmentationCommand implements Callable<Integer> {

  @Mixin private GoldFiles gold;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() throws IOException {
    gold.forEach(this::score);
    return 0;
  }

  private String score(Path file) throws IOException {
    var segmenter = new TimedSegmenter(Segmenter.base());
    var known = Segmenter.base().lexicon();
    try (var lines = GoldFiles.open(file)) {
      var score = SegmentationScore.of(lines.lines()::iterator, segmenter, known::contains);
      var result = mapper.createObjectNode();
      result.put("file", file.getFileName().toString());
      result.put("sentences", score.sentences());
      result.put("tokens", score.gold());
      result.put("precision", score.precision());
      result.put("recall", score.recall());
      result.put("f1", score.f1());
      result.put("charactersPerSecond", Math.round(segmenter.perSecond(score.characters())));
      return mapper.writeValueAsString(result);
    }
  }

  /** Measures the segmenting alone, without the reading. */
  private static final class TimedSegmenter implements Function<String, List<Token>> {

    private final Segmenter segmenter;
    private long nanos;

    TimedSegmenter(Segmenter segmenter) {
      this.segmenter = segmenter;
    }

    @Override
    public List<Token> apply(String text) {
      long begin = System.nanoTime();
      var tokens = segmenter.segment(text);
      nanos += System.nanoTime() - begin;
      return tokens;
    }

    double perSecond(long characters) {
      return nanos == 0 ? 0 : characters * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }
  }
}
