package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far files have been loaded, kept in a file so that a run that was stopped can be gone on
 * with. A file that has changed since is begun anew: entries that are sent twice change nothing.
 */
final class LoadProgress {

  /**
   * How far one file has been loaded.
   *
   * @param bytes its length then
   * @param modifiedMillis when it was written, in epoch milliseconds
   * @param line that is done, with all before it
   */
  record Place(long bytes, long modifiedMillis, long line) {}

  /**
   * What stands in the file.
   *
   * @param target where the entries went: brokers, topic and channel
   * @param places by absolute path
   * @param loaded entries so far
   * @param rejected lines so far
   * @param rejectedBytes length of the file of rejected lines
   */
  record State(
      String target, Map<String, Place> places, long loaded, long rejected, long rejectedBytes) {}

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Or {@code null} where nothing is kept. */
  private final Path file;

  private final String target;
  private final Map<String, Place> places;
  private final State begun;

  private LoadProgress(Path file, String target, State begun) {
    this.file = file;
    this.target = target;
    this.begun = begun;
    places = new LinkedHashMap<>(begun.places());
  }

  /**
   * Reads what an earlier run has left.
   *
   * @param file {@code null} to keep nothing
   * @param target where the entries go
   */
  static LoadProgress open(Path file, String target) {
    var nothing = new State(target, Map.of(), 0, 0, 0);
    if (file == null || !Files.exists(file)) {
      return new LoadProgress(file, target, nothing);
    }
    State state;
    try {
      state = MAPPER.readValue(Files.readAllBytes(file), State.class);
    } catch (JacksonException e) {
      throw new UsageException("--resume is " + file + ", which holds something else");
    } catch (IOException e) {
      throw new UsageException("--resume is " + file + ", which cannot be read");
    }
    if (!target.equals(state.target()) || state.places() == null) {
      throw new UsageException(
          "--resume is " + file + ", which is of a load to " + state.target() + ": delete it");
    }
    return new LoadProgress(file, target, state);
  }

  /** What had been done before this run. */
  State begun() {
    return begun;
  }

  /** The lines of a file that are done; 0 if it has changed since. */
  long linesDone(String input) throws IOException {
    if (file == null) {
      return 0;
    }
    var place = places.get(key(input));
    return place != null && place.equals(place(Path.of(input), place.line())) ? place.line() : 0;
  }

  /** Keeps that everything up to a line is done, the files before it included. */
  void done(String input, long line, long loaded, long rejected, long rejectedBytes)
      throws IOException {
    if (file == null) {
      return;
    }
    places.put(key(input), place(Path.of(input), line));
    var state = new State(target, places, loaded, rejected, rejectedBytes);
    var unfinished = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(unfinished, MAPPER.writeValueAsBytes(state));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Says that all is done. */
  void complete() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  private static Place place(Path input, long line) throws IOException {
    return new Place(Files.size(input), Files.getLastModifiedTime(input).toMillis(), line);
  }

  private static String key(String input) {
    return Path.of(input).toAbsolutePath().normalize().toString();
  }
}
