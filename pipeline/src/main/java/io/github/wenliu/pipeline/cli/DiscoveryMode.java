package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.newword.NewWordDiscoverer;
import io.github.wenliu.operators.newword.SeedDiscoverer;
import io.github.wenliu.operators.newword.WordDiscoverer;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How words are found. */
enum DiscoveryMode {
  /** Every candidate is scored, as the job does. */
  SCORE,
  /** The text is cut where it does not hold together. */
  SEED;

  /** A discoverer that has read nothing yet. */
  WordDiscoverer start(int minCount) {
    return switch (this) {
      case SCORE -> new NewWordDiscoverer(minCount);
      case SEED -> new SeedDiscoverer(minCount);
    };
  }

  /** The same, for one that will be asked again and again. */
  WordDiscoverer startKeptUp(int minCount) {
    return this == SCORE ? NewWordDiscoverer.keptUp(minCount) : start(minCount);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the name as {@link DiscoveryMode#toString} writes it. */
  static final class Converter implements ITypeConverter<DiscoveryMode> {

    @Override
    public DiscoveryMode convert(String name) {
      return Arrays.stream(values())
          .filter(mode -> mode.toString().equals(name))
          .findAny()
          .orElseThrow(
              () -> new TypeConversionException("'" + name + "' is neither score nor seed"));
    }
  }
}
