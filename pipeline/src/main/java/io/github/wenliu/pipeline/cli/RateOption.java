package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.files.Pace;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code N/s}, records per second. */
final class RateOption implements ITypeConverter<Pace> {

  private static final Pattern RATE = Pattern.compile("([0-9]*\\.?[0-9]+)(/s)?");

  @Override
  public Pace convert(String text) {
    var match = RATE.matcher(text);
    if (!match.matches() || Double.parseDouble(match.group(1)) <= 0) {
      throw new TypeConversionException("'" + text + "' is no rate, write for example 100/s");
    }
    return new Pace(Double.parseDouble(match.group(1)));
  }
}
