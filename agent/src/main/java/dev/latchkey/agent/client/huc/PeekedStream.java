package dev.latchkey.agent.client.huc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stream whose beginning was read already, and is read again. */
final class PeekedStream extends InputStream {
  private final InputStream rest;
  private final byte[] prefix;
  private int length;
  private int position;
  private @Nullable IOException fault;

  PeekedStream(InputStream rest, int most) {
    this.rest = rest;
    this.prefix = new byte[most];
  }

  /** Reads what is there now; false at the end, at the limit, or where reading failed. */
  boolean readMore() {
    if (length == prefix.length || fault != null) return false;
    try {
      int read = rest.read(prefix, length, prefix.length - length);
      length += Math.max(read, 0);
      return read > 0;
    } catch (IOException e) {
      fault = e;
      return false;
    }
  }

  byte[] prefix() {
    return prefix;
  }

  int length() {
    return length;
  }

  byte[] prefixCopy() {
    return Arrays.copyOf(prefix, length);
  }

  @Override
  public int read() throws IOException {
    return position < length ? prefix[position++] & 0xFF : source().read();
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (position == length || count == 0) return source().read(bytes, offset, count);
    int read = Math.min(count, length - position);
    System.arraycopy(prefix, position, bytes, offset, read);
    position += read;
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.min(Math.max(count, 0), length - position);
    position += (int) skipped;
    return skipped == 0 && count > 0 ? source().skip(count) : skipped;
  }

  @Override
  public int available() throws IOException {
    return length - position + (fault == null ? rest.available() : 0);
  }

  @Override
  public void close() throws IOException {
    position = length;
    rest.close();
  }

  private InputStream source() throws IOException {
    if (fault != null) throw fault;
    return rest;
  }
}
