package io.github.wenliu.pipeline.files;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip, known by its first two bytes and not by a name. */
public final class Decompression {

  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int BUFFER = 64 << 10;

  private Decompression() {}

  /** The stream itself, or unpacked if it is gzip; of one or several members. */
  public static InputStream of(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean packed = buffered.read() == MAGIC_1 && buffered.read() == MAGIC_2;
    buffered.reset();
    return packed ? new GZIPInputStream(new UntilTheEnd(buffered), BUFFER) : buffered;
  }

  /**
   * Says that bytes are available until the stream has truly ended. {@link GZIPInputStream} takes
   * "none now" for the end after each member, which would cut a pipe short.
   */
  private static final class UntilTheEnd extends FilterInputStream {

    UntilTheEnd(BufferedInputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      in.mark(1);
      boolean ended = in.read() < 0;
      in.reset();
      return ended ? 0 : Math.max(1, in.available());
    }
  }
}
