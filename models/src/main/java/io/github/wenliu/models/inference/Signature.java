package io.github.wenliu.models.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a model must take and give, to be compared with what its file says.
 *
 * @param inputs all that the model may ask for
 * @param outputs all that is read; others that the model has are not computed where that is saved
 */
public record Signature(List<Port> inputs, List<Port> outputs) {

  /** A size that may be anything. */
  public static final long ANY = -1;

  /**
   * An input or output.
   *
   * @param name in the graph
   * @param type of its numbers
   * @param shape sizes; {@link #ANY} where it varies
   * @param optional whether a model may do without
   */
  public record Port(String name, ElementType type, List<Long> shape, boolean optional) {

    public Port {
      shape = List.copyOf(shape);
    }

    private boolean fits(Port found) {
      if (type != found.type || shape.size() != found.shape.size()) {
        return false;
      }
      for (int i = 0; i < shape.size(); i++) {
        long expected = shape.get(i);
        long size = found.shape.get(i);
        if (expected >= 0 && size >= 0 && expected != size) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      var sizes = new StringJoiner(", ", "[", "]");
      shape.forEach(size -> sizes.add(size < 0 ? "any" : String.valueOf(size)));
      return "%s %s %s".formatted(name, type, sizes);
    }
  }

  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** An input or output that must be there. */
  public static Port port(String name, ElementType type, long... shape) {
    return new Port(name, type, Arrays.stream(shape).boxed().toList(), false);
  }

  /** An input that may be missing. */
  public static Port optional(String name, ElementType type, long... shape) {
    return new Port(name, type, Arrays.stream(shape).boxed().toList(), true);
  }

  /** What of a model does not agree with this, one complaint each; none if it fits. */
  List<String> complaints(List<Port> foundInputs, List<Port> foundOutputs) {
    var complaints = new ArrayList<String>();
    compare("input", inputs, foundInputs, complaints);
    compare("output", outputs, foundOutputs, complaints);
    for (Port found : foundInputs) {
      if (inputs.stream().noneMatch(port -> port.name.equals(found.name))) {
        complaints.add("expected no input %s but found it".formatted(found));
      }
    }
    return complaints;
  }

  private static void compare(
      String what, List<Port> expected, List<Port> found, List<String> complaints) {
    for (Port port : expected) {
      var same = found.stream().filter(other -> other.name.equals(port.name)).findFirst();
      if (same.isEmpty() ? !port.optional : !port.fits(same.get())) {
        complaints.add(
            "expected %s %s but found %s"
                .formatted(what, port, same.isEmpty() ? found : same.get()));
      }
    }
  }
}
