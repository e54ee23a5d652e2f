package io.github.wenliu.models.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph that ONNX Runtime has opened: the only class that runs one. It closes what it opens, on
 * every way out.
 *
 * <p>Safe for many threads. {@link #close} while a run is under way lets that run end first and
 * frees the session then, so that a run that hangs can be left behind without a crash.
 */
public final class OnnxModel implements AutoCloseable {

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Provider provider;
  private final Set<String> outputs;
  private final List<Signature.Port> inputs;

  /** Guards the two below: options of the runs under way, and whether the session is given up. */
  private final Object lock = new Object();

  private final Set<OrtSession.RunOptions> underWay = new HashSet<>();
  private boolean closed;

  private OnnxModel(String name, OnnxSessions.Opened opened, Signature expected)
      throws OrtException {
    this.name = name;
    this.environment = opened.environment();
    this.session = opened.session();
    this.provider = opened.provider();
    this.inputs = ports(session.getInputInfo());
    List<Signature.Port> found = ports(session.getOutputInfo());
    List<String> complaints = expected.complaints(inputs, found);
    if (!complaints.isEmpty()) {
      throw new ModelException("%s: %s".formatted(name, String.join("; ", complaints)));
    }
    this.outputs = new LinkedHashSet<>();
    expected.outputs().stream()
        .map(Signature.Port::name)
        .filter(wanted -> found.stream().anyMatch(port -> port.name().equals(wanted)))
        .forEach(outputs::add);
  }

  /** Opens a file of a package. */
  public static OnnxModel open(
      ModelPackage from,
      String file,
      Signature expected,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    String name = from.id() + "/" + file;
    Optional<Path> path = from.path(file);
    // a small one is read and checked in one go; a large one should not stand on the heap
    return path.isPresent() && from.file(file).bytes() > 64 << 20
        ? open(name, path.get().toString(), expected, parameters, metrics)
        : open(name, from.bytes(file), expected, parameters, metrics);
  }

  /** Opens the bytes of a graph; the name is for messages. */
  public static OnnxModel open(
      String name,
      byte[] graph,
      Signature expected,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    return open(name, (Object) graph, expected, parameters, metrics);
  }

  private static OnnxModel open(
      String name,
      Object graph,
      Signature expected,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    OnnxSessions.Opened opened = OnnxSessions.open(name, graph, parameters, metrics);
    try {
      return new OnnxModel(name, opened, expected);
    } catch (OrtException | RuntimeException e) {
      opened.close();
      throw e instanceof ModelException model
          ? model
          : new ModelException("%s: what it takes and gives cannot be read".formatted(name), e);
    }
  }

  /** Where it runs: on the processor or on a GPU. */
  public Provider provider() {
    return provider;
  }

  /** Whether the graph has that input. */
  public boolean hasInput(String input) {
    return inputs.stream().anyMatch(port -> port.name().equals(input));
  }

  /**
   * Runs the graph.
   *
   * @return the outputs of the signature, by name, all finite
   * @throws ModelException if the graph fails, is interrupted, or gives what is no number
   */
  public Map<String, OutputTensor> run(Map<String, Tensor> tensors) {
    OrtSession.RunOptions options = begin();
    try {
      return run(tensors, options);
    } catch (OrtException e) {
      throw new ModelException(
          "%s: the run failed: %s".formatted(name, OnnxSessions.firstLine(e)), e);
    } finally {
      end(options);
    }
  }

  /** Asks all runs that are under way to end; they fail soon, at the next node of the graph. */
  public void interrupt() {
    synchronized (lock) {
      for (OrtSession.RunOptions options : underWay) {
        try {
          options.setTerminate(true);
        } catch (OrtException e) {
          throw new ModelException("%s: a run cannot be interrupted".formatted(name), e);
        }
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      if (!underWay.isEmpty()) {
        return;
      }
    }
    closeSession();
  }

  private Map<String, OutputTensor> run(Map<String, Tensor> tensors, OrtSession.RunOptions options)
      throws OrtException {
    var arguments = new HashMap<String, OnnxTensorLike>();
    try {
      for (var entry : tensors.entrySet()) {
        arguments.put(entry.getKey(), argument(entry.getValue()));
      }
      try (OrtSession.Result result = session.run(arguments, outputs, options)) {
        var read = new HashMap<String, OutputTensor>();
        for (String output : outputs) {
          read.put(output, output(output, result));
        }
        return read;
      }
    } finally {
      arguments.values().forEach(OnnxTensorLike::close);
    }
  }

  private OnnxTensor argument(Tensor tensor) throws OrtException {
    long[] shape = tensor.shape();
    return switch (tensor.type()) {
      case FLOAT ->
          OnnxTensor.createTensor(environment, (FloatBuffer) tensor.buffer().duplicate(), shape);
      case INT ->
          OnnxTensor.createTensor(environment, (IntBuffer) tensor.buffer().duplicate(), shape);
      case LONG ->
          OnnxTensor.createTensor(environment, (LongBuffer) tensor.buffer().duplicate(), shape);
    };
  }

  private OutputTensor output(String output, OrtSession.Result result) {
    var tensor = (OnnxTensor) result.get(output).orElseThrow();
    long[] sizes = tensor.getInfo().getShape();
    int[] shape = new int[sizes.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(sizes[i]);
    }
    // a copy on the heap, which nobody else holds
    var read = new OutputTensor(tensor.getFloatBuffer().array(), shape);
    if (!read.isFinite()) {
      throw new ModelException(
          "%s: output %s: expected finite numbers but found others".formatted(name, output));
    }
    return read;
  }

  private OrtSession.RunOptions begin() {
    synchronized (lock) {
      if (closed) {
        throw new ModelException("%s: is closed".formatted(name));
      }
      try {
        var options = new OrtSession.RunOptions();
        underWay.add(options);
        return options;
      } catch (OrtException e) {
        throw new ModelException("%s: a run cannot begin".formatted(name), e);
      }
    }
  }

  private void end(OrtSession.RunOptions options) {
    boolean last;
    synchronized (lock) {
      underWay.remove(options);
      options.close();
      last = closed && underWay.isEmpty();
    }
    if (last) {
      closeSession();
    }
  }

  private void closeSession() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("%s: the session cannot be closed".formatted(name), e);
    }
  }

  private static List<Signature.Port> ports(Map<String, NodeInfo> nodes) {
    var ports = new ArrayList<Signature.Port>();
    for (NodeInfo node : nodes.values()) {
      if (node.getInfo() instanceof TensorInfo tensor) {
        ElementType type =
            switch (tensor.type) {
              case FLOAT -> ElementType.FLOAT;
              case INT32 -> ElementType.INT;
              case INT64 -> ElementType.LONG;
              default -> null;
            };
        ports.add(
            type == null
                ? new Signature.Port(node.getName() + " " + tensor.type, null, List.of(), false)
                : Signature.port(node.getName(), type, tensor.getShape()));
      }
    }
    return ports;
  }
}
