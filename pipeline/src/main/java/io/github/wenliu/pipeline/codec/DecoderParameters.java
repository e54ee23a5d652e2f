package io.github.wenliu.pipeline.codec;

import java.io.Serializable;
import java.time.ZoneId;

/**
 * What the decoder accepts.
 *
 * @param maxCodePoints longest text, in code points
 * @param zone zone of times that name none
 */
public record DecoderParameters(int maxCodePoints, ZoneId zone) implements Serializable {

  public static final DecoderParameters DEFAULT =
      new DecoderParameters(64 * 1024, ZoneId.of("Asia/Shanghai"));

  public DecoderParameters {
    if (maxCodePoints < 1) {
      throw new IllegalArgumentException(
          "maxCodePoints is " + maxCodePoints + ", must be positive");
    }
  }
}
