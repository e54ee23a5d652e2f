package io.github.wenliu.pipeline.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Reading and writing event times: ISO-8601 dates and date-times of the years 1 to 9999, or epoch
 * milliseconds.
 */
public final class EventTimes {

  private static final int DATE_LENGTH = 10;
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final DateTimeFormatter WITH_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneId.of("UTC"));

  private EventTimes() {}

  /**
   * Reads a time.
   *
   * @param text a date, or a date-time with or without an offset
   * @param zone zone of a time without one; a date is its first moment there
   * @return epoch milliseconds
   * @throws DateTimeException if it is none of these, or outside the years 1 to 9999
   */
  public static long parse(String text, ZoneId zone) {
    long millis;
    if (text.length() == DATE_LENGTH) {
      millis = LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
    } else if (hasOffset(text)) {
      millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } else {
      millis = LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
    }
    return check(millis);
  }

  /**
   * Checks epoch milliseconds.
   *
   * @throws DateTimeException if outside the years 1 to 9999
   */
  public static long check(long millis) {
    if (millis < FIRST || millis > LAST) {
      throw new DateTimeException("outside the years 1 to 9999");
    }
    return millis;
  }

  /** UTC with milliseconds, as in every output event. */
  public static String format(long millis) {
    return WITH_MILLIS.format(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS));
  }

  private static boolean hasOffset(String text) {
    return text.endsWith("Z")
        || text.endsWith("z")
        || text.lastIndexOf('+') > DATE_LENGTH
        || text.lastIndexOf('-') > DATE_LENGTH;
  }
}
