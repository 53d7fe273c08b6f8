package dev.latchkey.filter.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is held back while it is JSON and small, so that a member can be added at its end;
 * any other answer passes at once, as if nobody stood between.
 *
 * <p>What the application writes as characters is held as characters and written through the
 * container's own writer, so its character encoding stays the container's business. The
 * application's wish to flush is noted and granted at the end. Like every response, used by one
 * thread at a time.
 */
public final class HeldResponse extends HttpServletResponseWrapper {
  /** The longest answer that is held, in bytes or characters. */
  static final int LONGEST = 256 * 1024;

  private static final String LENGTH = "Content-Length";

  private final HttpServletResponse real;
  private final Runnable end;
  private @Nullable HeldStream stream;
  private @Nullable HeldWriter writer;
  private @Nullable PrintWriter printer;
  private @Nullable String length;
  private boolean passes;
  private boolean flushed;

  /**
   * Holds what is written to this answer from now on.
   *
   * @param end what to do when the answer is complete; may be called twice
   */
  public HeldResponse(HttpServletResponse real, Runnable end) {
    super(real);
    this.real = real;
    this.end = end;
    passes = real.isCommitted();
  }

  /**
   * Whoever reaches past us finds all that was held in its place: after a forward, Tomcat 11 does
   * so to close the answer at once (its context's {@code suspendWrappedResponseAfterForward}).
   */
  @Override
  public ServletResponse getResponse() {
    if (!passes && held() > 0) end.run();
    return super.getResponse();
  }

  /**
   * Ends the holding: what was held goes out, and everything from now on passes. Does nothing the
   * second time.
   *
   * @param value the JSON to add as {@code api_key_status}; null to add nothing
   */
  public void release(@Nullable String value) throws IOException {
    if (passes) return;
    passes = true;
    // Somebody else has answered, such as the container when an asynchronous request is too late.
    if (real.isCommitted()) return;
    Merger merger = new Merger(real, value, length);
    HeldStream bytes = stream;
    HeldWriter text = writer;
    if (bytes != null) bytes.pass(merger.bytes(bytes.held()));
    else if (text != null) text.pass(merger.text(text.held()));
    if (merger.length() != null) real.setHeader(LENGTH, merger.length());
    if (bytes != null) bytes.send();
    if (text != null) text.send();
    if (flushed) real.flushBuffer();
  }

  /** Forgets what was held, as a container does when a request fails before its answer began. */
  public void discard() throws IOException {
    if (flushed) release(null);
    else drop();
    passes = true;
  }

  /** What is written now may have to be held: is it JSON? Lets it pass where it is not. */
  boolean holds(int more) throws IOException {
    if (passes) return false;
    if (isJson(getContentType()) && held() + (long) more <= LONGEST) return true;
    release(null);
    return false;
  }

  void flushLater() {
    flushed = true;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) stream = new HeldStream(this, real.getOutputStream());
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (printer == null) {
      writer = new HeldWriter(this, real.getWriter());
      printer = new PrintWriter(writer);
    }
    return printer;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (holds(0)) flushed = true;
    else real.flushBuffer();
  }

  @Override
  public boolean isCommitted() {
    return flushed || real.isCommitted();
  }

  @Override
  public void reset() {
    if (!passes) drop();
    real.reset();
    stream = null;
    writer = null;
    printer = null;
  }

  @Override
  public void resetBuffer() {
    if (!passes) drop();
    real.resetBuffer();
  }

  @Override
  public void sendError(int status) throws IOException {
    giveWay();
    real.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    giveWay();
    real.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    giveWay();
    real.sendRedirect(location);
  }

  @Override
  public void setContentLength(int bytes) {
    setContentLengthLong(bytes);
  }

  @Override
  public void setContentLengthLong(long bytes) {
    setHeader(LENGTH, Long.toString(bytes));
  }

  @Override
  public void setHeader(String name, String value) {
    if (isLength(name)) length = value;
    else real.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    if (isLength(name)) length = value;
    else real.addHeader(name, value);
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (isLength(name)) length = Integer.toString(value);
    else real.setIntHeader(name, value);
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (isLength(name)) length = Integer.toString(value);
    else real.addIntHeader(name, value);
  }

  private boolean isLength(String name) {
    return !passes && LENGTH.equalsIgnoreCase(name);
  }

  private int held() {
    return stream != null ? stream.length() : writer != null ? writer.length() : 0;
  }

  /** The container answers instead of what was held. */
  private void giveWay() {
    if (passes) return;
    drop();
    passes = true;
  }

  private void drop() {
    if (flushed) throw new IllegalStateException("the answer has begun");
    if (stream != null) stream.drop();
    if (writer != null) writer.drop();
    length = null;
  }

  private static boolean isJson(@Nullable String type) {
    if (type == null) return false;
    int end = type.indexOf(';');
    String plain = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    return plain.equals("application/json") || plain.equals("text/json") || plain.endsWith("+json");
  }
}
