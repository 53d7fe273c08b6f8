package dev.latchkey.filter.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The bytes of a held answer; after the release, the container's own stream. */
final class HeldStream extends ServletOutputStream {
  private final HeldResponse response;
  private final ServletOutputStream real;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private byte[] rest = {};
  private boolean closed;

  HeldStream(HeldResponse response, ServletOutputStream real) {
    this.response = response;
    this.real = real;
  }

  byte[] held() {
    return held.toByteArray();
  }

  int length() {
    return held.size();
  }

  void drop() {
    held.reset();
  }

  /** These bytes go out instead of those held. */
  void pass(byte[] bytes) {
    rest = bytes;
    held.reset();
  }

  void send() throws IOException {
    real.write(rest);
    rest = new byte[0];
    if (closed) real.close();
  }

  @Override
  public void write(int b) throws IOException {
    if (response.holds(1)) held.write(b);
    else real.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (response.holds(length)) held.write(bytes, offset, length);
    else real.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (response.holds(0)) response.flushLater();
    else real.flush();
  }

  @Override
  public void close() throws IOException {
    if (response.holds(0)) closed = true;
    else real.close();
  }

  @Override
  public boolean isReady() {
    return real.isReady();
  }

  /** Who writes without blocking wants the container's own stream: nothing is held then. */
  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      response.release(null);
    } catch (IOException e) {
      listener.onError(e);
      return;
    }
    real.setWriteListener(listener);
  }
}
