package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.DirectBuffers;
import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OnnxModel;
import io.github.wenliu.models.inference.OutputTensor;
import io.github.wenliu.models.inference.Signature;
import io.github.wenliu.models.inference.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of a relation scheme: P(subject) · P(object, predicate | subject) [1].
 *
 * <p>The first graph encodes the batch and marks subjects; the second takes the encoded batch with
 * one subject a row and marks, for each predicate, objects. A sentence may have several subjects, a
 * subject several predicates, a predicate several objects, and all of them may overlap. The score
 * of a triple is the product of the scores of its spans; what falls below the scheme's threshold of
 * that product is no relation.
 *
 * <p>Subjects of all sentences of a batch are run together, as many at a time as keep the answer
 * within {@value #MOST_CELLS} numbers.
 *
 * <p>[1] Su: 基于DGCNN和概率图的轻量级信息抽取模型, kexue.fm/archives/6671, 2019.
 */
final class RelationHead implements AutoCloseable {
  private static final int MOST_CELLS = 1 << 20;

  private static final String ROW = "row";
  private static final String START = "start";
  private static final String END = "end";

  private final RelationScheme scheme;
  private final OnnxModel encoder;
  private final OnnxModel objects;
  private final DirectBuffers buffers = new DirectBuffers();

  /** For each pair of columns, the first one with the predicate of that name. */
  private final int[] predicateOfColumn;

  /** A subject of a window of the batch. */
  private record Subject(int row, ScoredSpan span) {}

  private RelationHead(RelationScheme scheme, OnnxModel encoder, OnnxModel objects) {
    this.scheme = scheme;
    this.encoder = encoder;
    this.objects = objects;
    var names = scheme.predicates().stream().map(PredicateSchema::name).toList();
    this.predicateOfColumn = names.stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * Opens the graphs of a scheme.
   *
   * @param inputs what the batches hold
   */
  static RelationHead open(
      ModelPackage from,
      RelationScheme scheme,
      List<Signature.Port> inputs,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var hidden = floats(scheme.hidden(), Signature.ANY);
    var encoder =
        OnnxModel.open(
            from,
            scheme.model(),
            new Signature(
                inputs,
                List.of(hidden, floats(scheme.subjects(), scheme.subjectDecoder().columns()))),
            parameters,
            metrics);
    try {
      var objectInputs =
          List.of(
              hidden,
              BatchTensors.lengthsPort(),
              Signature.port(ROW, ElementType.LONG, Signature.ANY),
              Signature.port(START, ElementType.LONG, Signature.ANY),
              Signature.port(END, ElementType.LONG, Signature.ANY));
      var objectOutput = floats(scheme.objects(), scheme.objectDecoder().columns());
      var objects =
          OnnxModel.open(
              from,
              scheme.objectModel(),
              new Signature(objectInputs, List.of(objectOutput)),
              parameters,
              metrics);
      return new RelationHead(scheme, encoder, objects);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static Signature.Port floats(String name, long columns) {
    return Signature.port(name, ElementType.FLOAT, Signature.ANY, Signature.ANY, columns);
  }

  /** The triples of each window of a batch, each once. */
  List<List<ScoredTriple>> run(BatchTensors.Batch batch, List<EncodedWindow> windows) {
    var encoded = encoder.run(batch.inputs());
    var hidden = encoded.get(scheme.hidden());
    hidden.require(scheme.hidden(), batch.rows(), batch.length(), Signature.ANY);
    var subjects = subjects(encoded.get(scheme.subjects()), batch, windows);
    var answers = new ArrayList<List<ScoredTriple>>(windows.size());
    windows.forEach(window -> answers.add(new ArrayList<>()));
    if (subjects.isEmpty()) {
      return answers;
    }
    var inputs = new HashMap<String, Tensor>();
    inputs.put(BatchTensors.lengthsName(), batch.lengths());
    inputs.put(scheme.hidden(), tensor(hidden));
    int columns = scheme.objectDecoder().columns();
    int atOnce = Math.max(BatchTensors.LEAST_ROWS, MOST_CELLS / (batch.length() * columns));
    for (int from = 0; from < subjects.size(); from += atOnce) {
      var some = subjects.subList(from, Math.min(subjects.size(), from + atOnce));
      addObjects(some, inputs, batch.length(), windows, answers);
    }
    return answers;
  }

  private List<Subject> subjects(
      OutputTensor logits, BatchTensors.Batch batch, List<EncodedWindow> windows) {
    int columns = scheme.subjectDecoder().columns();
    logits.require(scheme.subjects(), batch.rows(), batch.length(), columns);
    int rowSize = batch.length() * columns;
    var subjects = new ArrayList<Subject>();
    for (int i = 0; i < windows.size(); i++) {
      int row = i;
      scheme
          .subjectDecoder()
          .decode(logits.numbers(), i * rowSize, windows.get(i).positions())
          .forEach(span -> subjects.add(new Subject(row, span)));
    }
    return subjects;
  }

  private void addObjects(
      List<Subject> subjects,
      Map<String, Tensor> inputs,
      int length,
      List<EncodedWindow> windows,
      List<List<ScoredTriple>> answers) {
    // as in a batch: never one row alone
    int count = Math.max(BatchTensors.LEAST_ROWS, subjects.size());
    var row = buffers.longs(ROW, count);
    var start = buffers.longs(START, count);
    var end = buffers.longs(END, count);
    for (int k = 0; k < count; k++) {
      var subject = subjects.get(Math.min(k, subjects.size() - 1));
      row.put(k, subject.row());
      start.put(k, subject.span().first());
      end.put(k, subject.span().last());
    }
    inputs.put(ROW, Tensor.of(row, count));
    inputs.put(START, Tensor.of(start, count));
    inputs.put(END, Tensor.of(end, count));
    var decoder = scheme.objectDecoder();
    var logits =
        objects
            .run(inputs)
            .get(scheme.objects())
            .require(scheme.objects(), count, length, decoder.columns());
    for (int k = 0; k < subjects.size(); k++) {
      var subject = subjects.get(k);
      int positions = windows.get(subject.row()).positions();
      for (var object :
          decoder.decode(logits.numbers(), k * length * decoder.columns(), positions)) {
        var triple = triple(subject.span(), object);
        if (triple.score() >= scheme.scoreThreshold()) {
          answers.get(subject.row()).add(triple);
        }
      }
    }
  }

  private ScoredTriple triple(ScoredSpan subject, ScoredSpan object) {
    return new ScoredTriple(
        subject, predicateOfColumn[object.label()], object, subject.score() * object.score());
  }

  private Tensor tensor(OutputTensor hidden) {
    var direct = buffers.floats(scheme.hidden(), hidden.numbers().length);
    direct.put(0, hidden.numbers());
    int[] shape = hidden.shape();
    return Tensor.of(direct, shape[0], shape[1], shape[2]);
  }

  void interrupt() {
    encoder.interrupt();
    objects.interrupt();
  }

  @Override
  public void close() {
    try {
      encoder.close();
    } finally {
      objects.close();
    }
  }
}
