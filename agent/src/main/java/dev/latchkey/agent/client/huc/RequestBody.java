package dev.latchkey.agent.client.huc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the application writes, kept up to {@value #KEPT} bytes so that it can be sent again. What
 * is larger goes straight to the connection, and once only.
 */
final class RequestBody extends OutputStream {
  static final int KEPT = 1 << 20;

  /** Where a body goes that is too large to keep. */
  interface Direct {
    OutputStream open() throws IOException;
  }

  private final Direct direct;
  private final StreamingMode mode;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable OutputStream out;
  private @Nullable IOException notSent;
  private long written;
  private boolean closed;

  RequestBody(Direct direct, StreamingMode mode) {
    this.direct = direct;
    this.mode = mode;
  }

  /** Whether all that was written is still here. */
  boolean isKept() {
    return out == null;
  }

  void writeTo(OutputStream to) throws IOException {
    kept.writeTo(to);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed) {
      if (mode.isStreaming()) throw new IOException("Stream is closed");
      return; // So does the JDK's buffer.
    }
    if (mode.length() >= 0 && written + count > mode.length())
      throw new IOException("too many bytes written");
    written += count;
    if (out == null && written > KEPT) goDirect();
    (out == null ? kept : out).write(bytes, offset, count);
  }

  @Override
  public void flush() throws IOException {
    if (out != null) out.flush();
  }

  @Override
  public void close() throws IOException {
    if (notSent != null) throw notSent;
    if (closed) return;
    closed = true;
    if (out != null) {
      out.close();
    } else if (mode.length() > written) {
      throw new IOException("insufficient data written");
    }
  }

  private void goDirect() throws IOException {
    try {
      OutputStream opened = direct.open();
      kept.writeTo(opened);
      kept.reset();
      out = opened;
    } catch (IOException fault) {
      notSent = fault;
      throw fault;
    }
  }
}
