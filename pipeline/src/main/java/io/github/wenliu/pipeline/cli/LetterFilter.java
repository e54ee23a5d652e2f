package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ErrorClass;
import picocli.CommandLine.Option;

/** Which dead letters are meant; shared by the commands that read many. */
final class LetterFilter {

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Only of this class: ${COMPLETION-CANDIDATES}.")
  private ErrorClass errorClass;

  @Option(names = "--stage", paramLabel = "STAGE", description = "Only from this stage.")
  private String stage;

  boolean matches(StoredLetter letter) {
    return (errorClass == null || errorClass.name().equals(letter.errorClass()))
        && (stage == null || stage.equals(letter.stage()));
  }
}
