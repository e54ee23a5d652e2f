package io.github.wenliu.operators.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wenliu.models.inference.Provider;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class ModelMetricsFunctionTest {

  private final MetricListener listener = new MetricListener();
  private final ModelMetricsFunction metrics =
      new ModelMetricsFunction(listener.getMetricGroup(), Provider.CPU);

  private Number gauge(String model, String name) {
    Gauge<Number> gauge = listener.<Number>getGauge(path(model, name)).orElseThrow();
    return gauge.getValue();
  }

  private Histogram histogram(String name) {
    return listener.getHistogram(path("fast/v1", name)).orElseThrow();
  }

  private static String[] path(String model, String name) {
    return new String[] {"inference", "model", model, "device", "cpu", name};
  }

  @Test
  void addsUpWhatIsToldOfAModelHoweverOftenItIsOpened() {
    var told = metrics.apply("fast/v1");
    told.batch(3, 20, 24, 5_000_000);
    told.waited(2_000_000);
    told.failed(2);
    told.timedOut(1);
    told.fellBackToCpu();
    metrics.apply("fast/v1").batch(1, 4, 8, 7_000_000);

    assertThat(gauge("fast/v1", "requests")).isEqualTo(7L);
    assertThat(gauge("fast/v1", "requestsSuccess")).isEqualTo(4L);
    assertThat(gauge("fast/v1", "requestsFailure")).isEqualTo(2L);
    assertThat(gauge("fast/v1", "timeouts")).isEqualTo(1L);
    assertThat(gauge("fast/v1", "fallbackToCpu")).isEqualTo(1L);
    assertThat(gauge("fast/v1", "sessionReloads")).isEqualTo(1L);
    assertThat(gauge("fast/v1", "paddingRatio").doubleValue()).isCloseTo(0.25, within(1e-12));
    assertThat(histogram("latencyMs").getStatistics().getValues()).containsExactly(5, 7);
    assertThat(histogram("queueWaitMs").getStatistics().getValues()).containsExactly(2);
    assertThat(histogram("batchSize").getStatistics().getValues()).containsExactly(3, 1);
  }

  @Test
  void keepsModelsApart() {
    metrics.apply("fast/v1").failed(2);
    metrics.apply("own/v2");
    assertThat(gauge("own/v2", "requests")).isEqualTo(0L);
    assertThat(gauge("own/v2", "paddingRatio").doubleValue()).isZero();
  }
}
