package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.SourceRecord;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads a few partitions as the Kafka source does: each in order, with a watermark of its own, from
 * where the last checkpoint left it. Ends with its records. On the way its partitions can wait at
 * gates.
 */
final class PartitionsSource
    implements Source<SourceRecord, PartitionsSource.Partition, List<PartitionsSource.Partition>> {

  private static final long serialVersionUID = 1L;

  private static final int NO_GATE = -1;

  /** What the readers of a run tell the test; they run in the same JVM. */
  static final class Run {

    private static final ConcurrentHashMap<String, Run> BY_NAME = new ConcurrentHashMap<>();

    final AtomicInteger readers = new AtomicInteger();

    /** The gates that are open; the next one holds back every partition that comes to it. */
    final AtomicInteger opened = new AtomicInteger();

    /** The failures that the test has induced. */
    final AtomicInteger failures = new AtomicInteger();

    private final Map<Integer, Set<Integer>> heldByGate = new ConcurrentHashMap<>();

    static Run of(String name) {
      return BY_NAME.computeIfAbsent(name, unused -> new Run());
    }

    /** The partitions that have come to a gate while it was shut. */
    Set<Integer> heldAt(int gate) {
      return heldByGate.computeIfAbsent(gate, unused -> ConcurrentHashMap.newKeySet());
    }
  }

  /** One partition and the position of its next record. */
  record Partition(int number, int position) implements SourceSplit {

    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  /** The records of a partition, made anew wherever they are needed. */
  interface Records extends IntFunction<List<SourceRecord>>, Serializable {}

  private final String run;
  private final Records records;
  private final int[][] gates;
  private final boolean opensAtCheckpoint;

  /**
   * @param gates for each partition the positions, ascending, before which it waits; the same
   *     number for all of them
   * @param opensAtCheckpoint whether a gate opens behind a checkpoint that was taken while all
   *     partitions waited at it; otherwise the test opens it
   */
  PartitionsSource(String run, Records records, int[][] gates, boolean opensAtCheckpoint) {
    this.run = run;
    this.records = records;
    this.gates = gates;
    this.opensAtCheckpoint = opensAtCheckpoint;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<SourceRecord, Partition> createReader(SourceReaderContext context) {
    Run.of(run).readers.incrementAndGet();
    // A new attempt begins behind the gate and has to come to it again.
    Run.of(run).heldAt(Run.of(run).opened.get()).clear();
    return new Reader();
  }

  @Override
  public SplitEnumerator<Partition, List<Partition>> createEnumerator(
      SplitEnumeratorContext<Partition> context) {
    var all = new ArrayList<Partition>();
    for (int number = 0; number < gates.length; number++) {
      all.add(new Partition(number, 0));
    }
    return new Enumerator(context, all);
  }

  @Override
  public SplitEnumerator<Partition, List<Partition>> restoreEnumerator(
      SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
    return new Enumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<Partition> getSplitSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Partition partition) {
        return PartitionsSource.write(List.of(partition));
      }

      @Override
      public Partition deserialize(int version, byte[] bytes) {
        return read(bytes).get(0);
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<List<Partition>> getEnumeratorCheckpointSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(List<Partition> unassigned) {
        return PartitionsSource.write(unassigned);
      }

      @Override
      public List<Partition> deserialize(int version, byte[] bytes) {
        return read(bytes);
      }
    };
  }

  private static byte[] write(List<Partition> partitions) {
    var buffer = ByteBuffer.allocate(2 * Integer.BYTES * partitions.size());
    partitions.forEach(one -> buffer.putInt(one.number()).putInt(one.position()));
    return buffer.array();
  }

  private static List<Partition> read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var partitions = new ArrayList<Partition>();
    while (buffer.hasRemaining()) {
      partitions.add(new Partition(buffer.getInt(), buffer.getInt()));
    }
    return partitions;
  }

  /** Gives partition {@code i} to subtask {@code i mod parallelism}. */
  private static final class Enumerator implements SplitEnumerator<Partition, List<Partition>> {

    private final SplitEnumeratorContext<Partition> context;
    private final List<Partition> unassigned;

    Enumerator(SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
      this.context = context;
      this.unassigned = new ArrayList<>(unassigned);
    }

    /** Hands them over at once: one that comes later could find that time has passed. */
    @Override
    public void addReader(int subtask) {
      var own =
          unassigned.stream()
              .filter(partition -> partition.number() % context.currentParallelism() == subtask)
              .toList();
      if (!own.isEmpty()) {
        context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
        unassigned.removeAll(own);
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<Partition> splits, int subtask) {
      unassigned.addAll(splits);
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
      return List.copyOf(unassigned);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void close() {}
  }

  /** Reads its partitions in turn, a record each. */
  private final class Reader implements SourceReader<SourceRecord, Partition> {

    private final Queue<Partition> assigned = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean complete;

    /** The gate that all partitions waited at when the last snapshot was taken. */
    private int gateOfSnapshot = NO_GATE;

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) {
      for (int tried = assigned.size(); tried > 0; tried--) {
        var partition = assigned.remove();
        var content = records.apply(partition.number());
        if (partition.position() == content.size()) {
          output.releaseOutputForSplit(partition.splitId());
          continue;
        }
        if (isHeldBack(partition)) {
          assigned.add(partition);
          continue;
        }
        output.createOutputForSplit(partition.splitId()).collect(content.get(partition.position()));
        assigned.add(new Partition(partition.number(), partition.position() + 1));
        return InputStatus.MORE_AVAILABLE;
      }
      if (assigned.isEmpty() && complete) {
        return InputStatus.END_OF_INPUT;
      }
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }

    private boolean isHeldBack(Partition partition) {
      int gate = Run.of(run).opened.get();
      int[] own = gates[partition.number()];
      if (gate == own.length || partition.position() < own[gate]) {
        return false;
      }
      Run.of(run).heldAt(gate).add(partition.number());
      return true;
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
      int gate = Run.of(run).opened.get();
      boolean allWait = Run.of(run).heldAt(gate).size() == gates.length;
      gateOfSnapshot = allWait ? gate : NO_GATE;
      return List.copyOf(assigned);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      if (opensAtCheckpoint && gateOfSnapshot != NO_GATE) {
        Run.of(run).opened.compareAndSet(gateOfSnapshot, gateOfSnapshot + 1);
      }
      available.complete(null);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Partition> splits) {
      assigned.addAll(splits);
      available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
      complete = true;
      available.complete(null);
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
  }
}
