package io.github.wenliu.operators.async;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.Provider;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * From a model to those who are told how it runs: metrics in a group by the model's name and by
 * where it is to run. Those of a model that is opened again go on.
 */
public final class ModelMetricsFunction implements Function<String, InferenceMetrics> {

  static final String GROUP = "inference";
  static final String LATENCY = "latencyMs";
  static final String QUEUE_WAIT = "queueWaitMs";
  static final String BATCH_SIZE = "batchSize";
  static final String REQUESTS = "requests";
  static final String SUCCESS = "requestsSuccess";
  static final String FAILURE = "requestsFailure";
  static final String TIMEOUTS = "timeouts";
  static final String FALLBACK = "fallbackToCpu";
  static final String PADDING = "paddingRatio";
  static final String RELOADS = "sessionReloads";

  /** Values that a histogram looks back on. */
  private static final int HISTOGRAM_SIZE = 1_000;

  private static final long NANOS_IN_MILLI = 1_000_000;

  private final MetricGroup metrics;
  private final String device;
  private final Map<String, InferenceStatistics> byModel = new HashMap<>();

  public ModelMetricsFunction(MetricGroup metrics, Provider provider) {
    this.metrics = metrics;
    this.device = provider.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public InferenceMetrics apply(String model) {
    var told = byModel.computeIfAbsent(model, this::registered);
    told.opened();
    return told;
  }

  private InferenceStatistics registered(String model) {
    var group = metrics.addGroup(GROUP).addGroup("model", model).addGroup("device", device);
    var latency = group.histogram(LATENCY, histogram());
    var queueWait = group.histogram(QUEUE_WAIT, histogram());
    var batchSize = group.histogram(BATCH_SIZE, histogram());
    var told =
        new InferenceStatistics(
            nanos -> latency.update(nanos / NANOS_IN_MILLI),
            nanos -> queueWait.update(nanos / NANOS_IN_MILLI),
            batchSize::update);
    group.gauge(REQUESTS, told::requests);
    group.gauge(SUCCESS, told::answered);
    group.gauge(FAILURE, told::failed);
    group.gauge(TIMEOUTS, told::timedOut);
    group.gauge(FALLBACK, told::fallbacks);
    group.gauge(PADDING, told::paddingRatio);
    group.gauge(RELOADS, told::reloads);
    return told;
  }

  /** Of the last values that it was given. */
  public static Histogram histogram() {
    return new DescriptiveStatisticsHistogram(HISTOGRAM_SIZE);
  }
}
