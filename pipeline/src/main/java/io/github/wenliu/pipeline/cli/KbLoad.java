package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.KbFile;
import io.github.wenliu.pipeline.files.KbPublisher;
import io.github.wenliu.pipeline.files.Pace;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Sends files of entries to the topic of the knowledge base. */
final class KbLoad {

  /** So many lines are done between two notes of how far it is. */
  private static final int LINES_BETWEEN_NOTES = 10_000;

  private final PipelineConfig config;
  private final String channel;
  private final Pace pace;
  private final PrintWriter err;
  private final Progress shown;

  private long loaded;

  /**
   * What was done.
   *
   * @param line says so
   * @param rejected lines that hold no entry
   */
  record Loaded(String line, long rejected) {}

  /**
   * @param channel of entries that name none
   * @param err told how far it is, and of lines that hold no entry
   */
  KbLoad(PipelineConfig config, String channel, Pace pace, PrintWriter err) {
    this.config = config;
    this.channel = channel;
    this.pace = pace;
    this.err = err;
    this.shown = new Progress(err, "entries loaded");
  }

  /**
   * Sends all entries and waits until Kafka has them.
   *
   * @param rejectedFile takes the lines that hold no entry; {@code null} for none
   * @param resume file for notes of how far it is; {@code null} for none
   */
  Loaded load(List<String> files, Path rejectedFile, Path resume)
      throws IOException, InterruptedException {
    var target =
        Topic.KB.name(config.topicPrefix()) + " at " + config.bootstrap() + ", channel " + channel;
    var progress = LoadProgress.open(resume, target);
    var begun = progress.begun();
    loaded = begun.loaded();
    try (var rejected =
            RejectedLines.open(rejectedFile, begun.rejectedBytes(), begun.rejected(), err);
        var publisher = KbPublisher.open(config)) {
      for (String file : files) {
        load(file, publisher, rejected, progress);
      }
      progress.complete();
      var line = loaded + " entries to " + publisher.topic() + rejected.summary();
      return new Loaded(line, rejected.count());
    }
  }

  /** Sends the entries of a file that is known to hold nothing else, and waits likewise. */
  Loaded load(KbFile entries) throws IOException, InterruptedException {
    try (entries;
        var publisher = KbPublisher.open(config)) {
      while (entries.hasNext()) {
        publisher.send(entries.next());
        shown.accept(++loaded);
      }
      publisher.flush();
      return new Loaded(loaded + " entries to " + publisher.topic(), 0);
    }
  }

  private void load(
      String file, KbPublisher publisher, RejectedLines rejected, LoadProgress progress)
      throws IOException, InterruptedException {
    try (var lines = KbFile.open(file, channel, config.decoder().zone())) {
      long done = progress.linesDone(file);
      lines.skip(done);
      while (lines.hasNext()) {
        var line = lines.next();
        if (line.rejection() == null) {
          pace.await();
          publisher.send(line);
          shown.accept(++loaded);
        } else {
          rejected.add(line);
        }
        if (line.number() - done >= LINES_BETWEEN_NOTES) {
          done = line.number();
          note(file, done, publisher, rejected, progress);
        }
      }
      note(file, lines.lineNumber(), publisher, rejected, progress);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Waits until Kafka has everything up to a line, and notes that. */
  private void note(
      String file, long line, KbPublisher publisher, RejectedLines rejected, LoadProgress progress)
      throws IOException, InterruptedException {
    for (var tooLarge : publisher.flush()) {
      loaded--;
      rejected.add(tooLarge);
    }
    progress.done(file, line, loaded, rejected.count(), rejected.bytes());
  }
}
