package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.newword.NewWordDiscoverer;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.SeedDiscoverer;
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
  WordDiscovery start(int minCount) {
    return switch (this) {
      case SCORE -> {
        var defaults = NewWordParameters.DEFAULT;
        var discoverer =
            new NewWordDiscoverer(
                new NewWordParameters(
                    minCount,
                    defaults.hysteresis(),
                    defaults.versionSymbols(),
                    defaults.versionShare()));
        yield new WordDiscovery(discoverer::add, discoverer::symbols, discoverer::words);
      }
      case SEED -> {
        var discoverer = new SeedDiscoverer(minCount);
        yield new WordDiscovery(discoverer::add, discoverer::symbols, discoverer::words);
      }
    };
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
