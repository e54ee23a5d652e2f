package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.pipeline.codec.KbEncoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Writes changes of the knowledge base and waits for what the job says to each. */
final class KbAnswers {

  /** Most changes that are waited for. */
  static final int MOST = 10_000;

  private final PipelineConfig config;
  private final Duration timeout;
  private final PrintWriter err;

  private long newest = Long.MIN_VALUE;
  private int accepted;

  /**
   * @param err told of each change that was not accepted
   */
  KbAnswers(PipelineConfig config, Duration timeout, PrintWriter err) {
    this.config = config;
    this.timeout = timeout;
    this.err = err;
  }

  /** Writes the changes; returns whether the job has accepted all of them in time. */
  boolean ask(List<KbChange> changes) {
    var names = new TopicNames(config);
    var encoder = new KbEncoder();
    var records = changes.stream().map(encoder::encode).toList();
    try (var exchange =
        ControlExchange.open(config, names.resolve(Topic.KB), names.resolve(Topic.CONTROL_ACKS))) {
      var origins = exchange.sendAll(records);
      var answers = exchange.await(new HashSet<>(origins), timeout);
      for (int i = 0; i < changes.size(); i++) {
        take(changes.get(i).id(), origins.get(i), answers.get(origins.get(i)));
      }
    }
    err.flush();
    return accepted == changes.size();
  }

  private void take(String id, String origin, ControlExchange.Answer answer) {
    if (answer == null) {
      err.println(ControlRequests.noAnswer(RecordText.shown(id), origin, timeout));
    } else if (answer.accepted()) {
      accepted++;
      newest = Math.max(newest, answer.epoch());
    } else {
      err.println(RecordText.shown(id) + ": refused: " + RecordText.shown(answer.reason()));
    }
  }

  /** What was accepted, for people. */
  String summary() {
    return accepted == 0
        ? "none accepted"
        : accepted + " accepted, all from epoch " + newest + " on";
  }
}
