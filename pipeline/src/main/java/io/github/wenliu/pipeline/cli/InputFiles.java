package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.files.DocumentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that a command is given. */
final class InputFiles {

  private InputFiles() {}

  /** Refuses all if one cannot be read, so that no command stops half-way for a mistyped name. */
  static void require(List<String> files) {
    for (String file : files) {
      try {
        if (!file.equals(DocumentFile.STANDARD_INPUT)) {
          DocumentFile.requireReadable(Path.of(file));
        }
      } catch (IOException e) {
        throw new UsageException(e.getMessage());
      }
    }
  }
}
