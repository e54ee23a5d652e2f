package io.github.wenliu.models.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/**
 * Opens sessions of ONNX Runtime with every setting written down: threads as asked for and none
 * that spins, one node after the other, no memory planned from earlier shapes and no arena on the
 * processor, so that memory does not creep with the variety of lengths. On a GPU the arena has a
 * limit and grows by what is asked for.
 */
final class OnnxSessions {

  private OnnxSessions() {}

  /** A session and where it runs. */
  record Opened(OrtEnvironment environment, OrtSession session, Provider provider) {

    void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw new ModelException("a session cannot be closed", e);
      }
    }
  }

  /**
   * Opens a session where the parameters say.
   *
   * @param graph bytes, or a path as a string
   */
  static Opened open(
      String name, Object graph, InferenceParameters parameters, InferenceMetrics metrics) {
    OrtEnvironment environment = environment();
    if (parameters.provider() != Provider.CPU) {
      boolean required = parameters.provider() == Provider.CUDA && !parameters.fallbackToCpu();
      String reason;
      try {
        reason = whyNoCuda();
        if (reason == null) {
          return session(environment, graph, parameters, Provider.CUDA);
        }
      } catch (OrtException e) {
        reason = firstLine(e);
      }
      if (required) {
        throw new ModelException(
            ("%s: provider cuda, device %d: expected a GPU but %s; use the build with profile gpu on"
                    + " a machine with NVIDIA's driver (docs/gpu.md), or provider cpu or auto")
                .formatted(name, parameters.deviceId(), reason));
      }
      if (parameters.provider() == Provider.CUDA || isForCuda()) {
        metrics.fellBackToCpu();
      }
    }
    try {
      return session(environment, graph, parameters, Provider.CPU);
    } catch (OrtException e) {
      throw new ModelException(
          "%s: expected a graph that ONNX Runtime can open but found: %s"
              .formatted(name, firstLine(e)),
          e);
    }
  }

  static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  private static OrtEnvironment environment() {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot be started: " + firstLine(e), e);
    } catch (LinkageError e) {
      throw new ModelException(
          "ONNX Runtime cannot be loaded, expected its native library for this machine: "
              + firstLine(e),
          e);
    }
  }

  /** Nothing if this build of ONNX Runtime knows CUDA and its libraries load. */
  private static String whyNoCuda() {
    return isForCuda()
        ? CudaLibraries.load().orElse(null)
        : "this build of ONNX Runtime is for the processor only";
  }

  private static boolean isForCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  private static Opened session(
      OrtEnvironment environment, Object graph, InferenceParameters parameters, Provider provider)
      throws OrtException {
    try (var options = new SessionOptions();
        var cuda = provider == Provider.CUDA ? cuda(parameters) : null) {
      // what goes wrong comes as an exception, with the same words
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(parameters.threads());
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // weights kept as int8 become float once, when the graph is opened; else products with them
      // would round their other factor to 8 bits too
      options.addConfigEntry("session.disable_quant_qdq", "1");
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(true);
      options.setDeterministicCompute(true);
      if (cuda != null) {
        options.addCUDA(cuda);
      }
      OrtSession session =
          graph instanceof byte[] bytes
              ? environment.createSession(bytes, options)
              : environment.createSession((String) graph, options);
      return new Opened(environment, session, provider);
    }
  }

  private static OrtCUDAProviderOptions cuda(InferenceParameters parameters) throws OrtException {
    var cuda = new OrtCUDAProviderOptions(parameters.deviceId());
    cuda.add("gpu_mem_limit", String.valueOf(parameters.deviceMemoryBytes()));
    cuda.add("arena_extend_strategy", "kSameAsRequested");
    cuda.add("cudnn_conv_algo_search", "HEURISTIC");
    return cuda;
  }
}
