package io.github.wenliu.pipeline.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reading and writing event times: ISO-8601 dates and date-times of the years 1 to 9999, or epoch
 * milliseconds.
 */
public final class EventTimes {

  private static final int DATE_LENGTH = 10;
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  // Where each field of a written time ends; the library's parser and formatter cost as much as the
  // rest of a short document.
  private static final int YEAR_END = 4;
  private static final int MONTH_END = 7;
  private static final int DAY_END = 10;
  private static final int HOUR_END = 13;
  private static final int MINUTE_END = 16;
  private static final int SECOND_END = 19;
  private static final int MILLI_END = 23;

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
      millis = date(text).atStartOfDay(zone).toInstant().toEpochMilli();
    } else if (hasOffset(text)) {
      millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } else {
      millis = LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
    }
    return check(millis);
  }

  private static LocalDate date(String text) {
    int year = number(text, 0, YEAR_END);
    int month = number(text, YEAR_END + 1, MONTH_END);
    int day = number(text, MONTH_END + 1, DAY_END);
    boolean isPlain = text.charAt(YEAR_END) == '-' && text.charAt(MONTH_END) == '-';
    return isPlain && year >= 0 && month >= 0 && day >= 0
        ? LocalDate.of(year, month, day)
        : LocalDate.parse(text);
  }

  /** The number that some ASCII digits write, negative if they are not all digits. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
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

  /** UTC with milliseconds, as in every output event: {@code 2026-03-01T06:40:02.000Z}. */
  public static String format(long millis) {
    var time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1_000L),
            Math.floorMod(millis, 1_000) * 1_000_000,
            ZoneOffset.UTC);
    var text =
        new char[] {
          '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0',
          '0', '.', '0', '0', '0', 'Z'
        };
    digits(text, YEAR_END, time.getYear());
    digits(text, MONTH_END, time.getMonthValue());
    digits(text, DAY_END, time.getDayOfMonth());
    digits(text, HOUR_END, time.getHour());
    digits(text, MINUTE_END, time.getMinute());
    digits(text, SECOND_END, time.getSecond());
    digits(text, MILLI_END, Math.floorMod(millis, 1_000));
    return new String(text);
  }

  /** Writes the digits of a number so that they end before a place. */
  private static void digits(char[] text, int end, int number) {
    for (int rest = number, at = end - 1; rest > 0; rest /= 10, at--) {
      text[at] = (char) ('0' + rest % 10);
    }
  }

  private static boolean hasOffset(String text) {
    return text.endsWith("Z")
        || text.endsWith("z")
        || text.lastIndexOf('+') > DATE_LENGTH
        || text.lastIndexOf('-') > DATE_LENGTH;
  }
}
