package io.github.wenliu.pipeline.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * How the values of options are read from text. What cannot be read is an {@link
 * IllegalArgumentException} that says what was expected.
 */
final class Parsers {

  /** Where a value may also be none. */
  static final String OFF = "off";

  private static final String NONE = "none";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private Parsers() {}

  static Function<String, String> text() {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("expected a value");
      }
      return text;
    };
  }

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("expected 1 to 100 of A-Z a-z 0-9 . _ -");
    }
    return text;
  }

  static Optional<String> nameOrNone(String text) {
    return NONE.equals(text) ? Optional.empty() : Optional.of(name(text));
  }

  static String model(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,64})?")) {
      throw new IllegalArgumentException(
          "expected NAME or NAME/VERSION, each of 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    return text;
  }

  static Optional<String> textOrNone(String text) {
    return NONE.equals(text) ? Optional.empty() : Optional.of(text().apply(text));
  }

  static Set<String> labelsOrNone(String text) {
    if (NONE.equals(text)) {
      return Set.of();
    }
    var labels = new LinkedHashSet<String>();
    for (String label : text.split(",", -1)) {
      if (label.isBlank()) {
        throw new IllegalArgumentException("expected labels with commas between, or none");
      }
      labels.add(label.strip());
    }
    return labels;
  }

  static Optional<String> webAddressOrNone(String text) {
    if (NONE.equals(text)) {
      return Optional.empty();
    }
    try {
      var address = new URI(text);
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return Optional.of(text);
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected http://... or https://...", e);
    }
    throw new IllegalArgumentException("expected http://... or https://...");
  }

  static MemorySize memory(String text) {
    try {
      var size = MemorySize.parse(text);
      if (size.getBytes() > 0) {
        return size;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a size such as 512 mb or 2 gb", e);
    }
    throw new IllegalArgumentException("expected a size such as 512 mb or 2 gb");
  }

  static Duration positiveDuration(String text) {
    var duration = duration(text);
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException("expected a duration of at least 1 ms");
    }
    return duration;
  }

  static String prefix(String text) {
    return text.isEmpty() ? text : name(text);
  }

  static Duration duration(String text) {
    try {
      var duration = TimeUtils.parseDuration(text);
      // All of them are used as milliseconds.
      duration.toMillis();
      return duration;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("expected a duration such as 10 s, 5 min or 30 d", e);
    }
  }

  static Optional<Duration> durationOrOff(String text) {
    return OFF.equals(text) || "false".equals(text)
        ? Optional.empty()
        : Optional.of(duration(text));
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("expected a zone such as Asia/Shanghai or UTC", e);
    }
  }

  static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number in (0, 1]", e);
    }
    throw new IllegalArgumentException("expected a number in (0, 1]");
  }

  static double notNegative(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number that is not negative", e);
    }
    throw new IllegalArgumentException("expected a number that is not negative");
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static Function<String, Integer> positive() {
    return atLeast(1, "expected a positive whole number");
  }

  static Function<String, Integer> atLeast(int least, String expected) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(expected, e);
      }
      throw new IllegalArgumentException(expected);
    };
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> label(constant).equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected "
                            + Arrays.stream(type.getEnumConstants())
                                .map(Parsers::label)
                                .collect(Collectors.joining(" or "))));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
