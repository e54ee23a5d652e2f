package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

  private static final long FOR_EVER = Long.MAX_VALUE;

  @Test
  void computesWhatTheGraphSays() {
    try (var model = Graphs.open("logarithm.onnx", Graphs.LOGARITHM)) {
      var y = model.run(Map.of("x", Tensor.of(new float[] {1, (float) Math.E}, 2))).get("y");
      assertThat(y.shape()).containsExactly(2);
      assertThat(y.numbers()[0]).isZero();
      assertThat(y.numbers()[1]).isBetween(0.99999f, 1.00001f);
      assertThat(model.provider()).isEqualTo(Provider.CPU);
    }
  }

  @Test
  void numbersThatAreNoneAreAnErrorThatNamesTheOutput() {
    try (var model = Graphs.open("logarithm.onnx", Graphs.LOGARITHM)) {
      for (float bad : new float[] {-1, 0}) {
        var input = Map.of("x", Tensor.of(new float[] {1, 2, bad, 3, 4}, 5));
        assertThatThrownBy(() -> model.run(input))
            .isInstanceOf(ModelException.class)
            .hasMessage("logarithm.onnx: output y: expected finite numbers but found others");
      }
    }
  }

  @Test
  void aGraphThatDoesNotFitIsRefusedWithAllThatIsWrong() {
    var expected =
        new Signature(
            List.of(
                Signature.port("features", ElementType.INT, -1, -1, 6),
                Signature.port("pinyin", ElementType.INT, -1)),
            List.of(Signature.port("scores", ElementType.FLOAT, -1, -1, 8)));
    assertThatThrownBy(() -> Graphs.open("tagger.onnx", expected))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected input features INT [any, any, 6] but found features FLOAT")
        .hasMessageContaining("expected input pinyin INT [any] but found [")
        .hasMessageContaining("expected output scores FLOAT [any, any, 8] but found scores FLOAT")
        .hasMessageContaining("expected no input lengths INT [any] but found it")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anOptionalInputMayBeMissing() {
    var signature =
        new Signature(
            List.of(
                Signature.port("x", ElementType.FLOAT, -1),
                Signature.optional("mask", ElementType.LONG, -1)),
            List.of(Signature.port("y", ElementType.FLOAT, -1)));
    try (var model = Graphs.open("logarithm.onnx", signature)) {
      assertThat(model.hasInput("x")).isTrue();
      assertThat(model.hasInput("mask")).isFalse();
    }
  }

  @Test
  void bytesThatAreNoGraphAreRefused() {
    byte[] text = "no graph".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                OnnxModel.open(
                    "bad.onnx",
                    text,
                    Graphs.LOOP,
                    InferenceParameters.DEFAULT,
                    InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("bad.onnx: expected a graph that ONNX Runtime can open but found")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aShapeThatTheGraphCannotTakeFailsTheRunOnly() {
    try (var model = new TaggerModel();
        var graph = Graphs.open("tagger.onnx", Graphs.TAGGER)) {
      var wrong =
          Map.of(
              "features", Tensor.of(new float[10], 1, 2, 5),
              "lengths", Tensor.of(new int[] {2}, 1));
      assertThatThrownBy(() -> graph.run(wrong)).isInstanceOf(ModelException.class);
      assertThat(model.run(List.of(Graphs.row(3, 1)))).hasSize(1);
    }
  }

  @Test
  void anInterruptedRunEndsAndTheModelGoesOn() throws Exception {
    try (var model = Graphs.open("loop.onnx", Graphs.LOOP)) {
      var hanging = endless(model);
      // the run may not have begun yet: asked again until it ends
      while (!hanging.isDone()) {
        model.interrupt();
        Thread.sleep(1);
      }
      assertThatThrownBy(hanging::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ModelException.class);
      assertThat(rounds(model, 1000)).isEqualTo(1000f);
    }
  }

  @Test
  void closingLetsARunEndBeforeItFreesTheSession() throws Exception {
    var model = Graphs.open("loop.onnx", Graphs.LOOP);
    var hanging = endless(model);
    assertThatThrownBy(() -> hanging.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    model.close();
    assertThat(hanging).isNotDone();
    assertThatThrownBy(() -> rounds(model, 1)).hasMessageContaining("is closed");
    model.interrupt();
    assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ModelException.class);
    model.close();
  }

  @Test
  void theSameRowGivesTheSameBitsInEveryCompany() {
    try (var model = new TaggerModel()) {
      float[] row = Graphs.row(13, 1);
      float[] alone = model.run(List.of(row)).get(0);
      for (int rows = 2; rows <= 33; rows++) {
        for (int place : new int[] {0, rows / 2, rows - 1}) {
          var batch = new java.util.ArrayList<float[]>();
          for (int i = 0; i < rows; i++) {
            batch.add(i == place ? row : Graphs.row(9 + i % 8, 100 + i));
          }
          assertThat(model.run(batch).get(place)).containsExactly(alone);
        }
      }
    }
  }

  @Test
  void withoutAGpuCudaIsRefusedOrFallsBackVisiblyAndAutoIsTheProcessor() {
    // where there is a GPU and the build for it, there is nothing to fall back from
    org.junit.jupiter.api.Assumptions.assumeFalse(
        ai.onnxruntime.OrtEnvironment.getAvailableProviders()
            .contains(ai.onnxruntime.OrtProvider.CUDA));
    var fallen = new AtomicInteger();
    var metrics =
        new InferenceMetrics() {
          @Override
          public void fellBackToCpu() {
            fallen.incrementAndGet();
          }
        };
    byte[] graph = Graphs.bytes("loop.onnx");
    assertThatThrownBy(
            () ->
                OnnxModel.open(
                    "loop.onnx", graph, Graphs.LOOP, parameters(Provider.CUDA, false), metrics))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("provider cuda, device 0: expected a GPU but this build")
        .hasMessageContaining("docs/gpu.md");
    assertThat(fallen).hasValue(0);
    try (var model =
        OnnxModel.open("loop.onnx", graph, Graphs.LOOP, parameters(Provider.CUDA, true), metrics)) {
      assertThat(model.provider()).isEqualTo(Provider.CPU);
      assertThat(fallen).hasValue(1);
    }
    try (var model =
        OnnxModel.open(
            "loop.onnx", graph, Graphs.LOOP, parameters(Provider.AUTO, false), metrics)) {
      assertThat(model.provider()).isEqualTo(Provider.CPU);
      assertThat(fallen).hasValue(1);
    }
  }

  private static CompletableFuture<Float> endless(OnnxModel model) {
    var answer = new CompletableFuture<Float>();
    var thread =
        new Thread(
            () -> {
              try {
                answer.complete(rounds(model, FOR_EVER));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private static float rounds(OnnxModel model, long rounds) {
    return model.run(Map.of("rounds", Tensor.of(new long[] {rounds}))).get("total").numbers()[0];
  }

  private static InferenceParameters parameters(Provider provider, boolean fallback) {
    var some = InferenceParameters.DEFAULT;
    return new InferenceParameters(
        provider,
        some.deviceId(),
        fallback,
        some.threads(),
        some.workers(),
        some.maxBatch(),
        some.maxBatchTokens(),
        some.linger(),
        some.queueCapacity(),
        some.timeout(),
        some.deviceMemoryBytes());
  }
}
