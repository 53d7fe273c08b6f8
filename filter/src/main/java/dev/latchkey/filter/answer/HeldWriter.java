package dev.latchkey.filter.answer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The characters of a held answer; after the release, the container's own writer. */
final class HeldWriter extends Writer {
  private final HeldResponse response;
  private final PrintWriter real;
  private final StringBuilder held = new StringBuilder();
  private String rest = "";
  private boolean closed;

  HeldWriter(HeldResponse response, PrintWriter real) {
    this.response = response;
    this.real = real;
  }

  String held() {
    return held.toString();
  }

  int length() {
    return held.length();
  }

  void drop() {
    held.setLength(0);
  }

  /** This text goes out instead of the one held. */
  void pass(String text) {
    rest = text;
    held.setLength(0);
  }

  void send() {
    real.write(rest);
    rest = "";
    if (closed) real.close();
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    if (response.holds(length)) held.append(text, offset, length);
    else real.write(text, offset, length);
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
}
