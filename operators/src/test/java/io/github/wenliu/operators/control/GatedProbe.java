package io.github.wenliu.operators.control;

import io.github.wenliu.operators.document.ModelChoice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Knows models by their names: {@code bad} has a problem, {@code broken} throws, {@code unlinked}
 * fails as a library does that is not there, {@code slow} waits until the test lets it go, and all
 * others are ready.
 */
final class GatedProbe implements ModelProbe {

  private static final long serialVersionUID = 1L;

  /** What was asked for, in order. */
  final transient List<String> asked = new CopyOnWriteArrayList<>();

  /** A permit for each check of a slow model that may end. */
  final transient Semaphore gate = new Semaphore(0);

  @Override
  public String problem(ModelChoice choice) throws Exception {
    asked.add(choice.text());
    switch (choice.model().substring(0, choice.model().indexOf('/'))) {
      case "bad" -> {
        return "manifest.json: no such scheme";
      }
      case "broken" -> throw new IllegalStateException("weights.onnx:\n  checksum differs");
      case "unlinked" -> throw new UnsatisfiedLinkError("no such library");
      case "slow" -> gate.acquire();
      default -> {
        // Ready.
      }
    }
    return null;
  }
}
