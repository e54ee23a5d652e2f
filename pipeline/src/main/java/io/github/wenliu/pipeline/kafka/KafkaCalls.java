package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for Kafka's answers and says in one line what to do when none comes. */
public final class KafkaCalls {

  private KafkaCalls() {}

  /**
   * The answer to a call.
   *
   * @throws KafkaFailureException if there is none, or a bad one
   */
  public static <T> T await(PipelineConfig config, Future<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(config, e.getCause());
    }
  }

  /** What to tell the user about a failure of any of Kafka's clients. */
  public static KafkaFailureException failure(PipelineConfig config, Throwable thrown) {
    var cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    return new KafkaFailureException(message(config, cause), cause);
  }

  private static String message(PipelineConfig config, Throwable cause) {
    var kafka = "Kafka at " + config.bootstrap();
    if (cause instanceof TimeoutException) {
      return kafka + " does not answer: check kafka.bootstrap, the network and kafka.properties";
    }
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return kafka + " refuses: " + oneLine(cause) + ": check kafka.properties and the ACLs";
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return kafka + " lacks a topic: run ./wenliu topics apply";
    }
    // A client that cannot be made says why in its cause.
    var root =
        cause instanceof KafkaException && cause.getCause() != null ? cause.getCause() : cause;
    return kafka + " cannot be used: " + oneLine(root);
  }

  private static String oneLine(Throwable cause) {
    var message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
