package dev.latchkey.agent.hop;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What was peeked, then the rest; what the peeking met at its end, the reader meets there too. */
final class PeekedStream extends InputStream {
  private final byte[] prefix;
  private final boolean ended;
  private final @Nullable IOException fault;
  private final InputStream rest;
  private int at;

  PeekedStream(byte[] prefix, boolean ended, @Nullable IOException fault, InputStream rest) {
    this.prefix = prefix;
    this.ended = ended;
    this.fault = fault;
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    if (at < prefix.length) return prefix[at++] & 0xff;
    if (fault != null) throw fault;
    return ended ? -1 : rest.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int wanted) throws IOException {
    if (wanted == 0) return 0;
    if (at == prefix.length && fault != null) throw fault;
    if (at == prefix.length) return ended ? -1 : rest.read(buffer, offset, wanted);
    int n = Math.min(wanted, prefix.length - at);
    System.arraycopy(prefix, at, buffer, offset, n);
    at += n;
    return n;
  }

  @Override
  public int available() throws IOException {
    int left = prefix.length - at;
    return ended || fault != null ? left : left + rest.available();
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
