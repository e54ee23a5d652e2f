package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.Extractor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The extractions of some texts, and how fast they came.
 *
 * @param extractions one for each text, in order
 * @param seconds for all texts, once
 * @param perSecond texts in a second, when all code has been compiled: measured on a second run
 *     over at most {@value #TIMED} of the texts
 */
record TimedExtraction(List<Extraction> extractions, double seconds, double perSecond) {

  static final int TIMED = 2_000;

  static TimedExtraction of(Extractor extractor, List<String> texts) throws IOException {
    long begin = System.nanoTime();
    var extractions = run(extractor, texts);
    long middle = System.nanoTime();
    var timed = texts.subList(0, Math.min(TIMED, texts.size()));
    run(extractor, timed);
    long end = System.nanoTime();
    return new TimedExtraction(
        extractions, seconds(middle - begin), timed.size() / seconds(end - middle));
  }

  private static List<Extraction> run(Extractor extractor, List<String> texts) throws IOException {
    var extractions = new ArrayList<Extraction>(texts.size());
    var ordered =
        new OrderedExtraction<Void>(
            extractor,
            (unused, extraction, failure) -> {
              if (failure != null) {
                throw failure;
              }
              extractions.add(extraction);
            });
    for (String text : texts) {
      ordered.add(null, text);
    }
    ordered.finish();
    return extractions;
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
