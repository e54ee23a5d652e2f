package io.github.wenliu.operators.cluster;

/** Which version of the memberships a document meets. */
public enum Alignment {
  /** The one that its time entitles it to: a function of the input. */
  EVENT_TIME("event-time"),
  /** The newest that has come when it passes, which depends on the speed of the job. */
  LATEST("latest");

  private final String label;

  Alignment(String label) {
    this.label = label;
  }

  /** Its name in documents and in the configuration. */
  public String label() {
    return label;
  }
}
