package dev.latchkey.core.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A scripted HTTP/1.1 server on 127.0.0.1 that records every request byte for byte. What it answers
 * is a {@link Handler}, {@link FakeKeysApi} by default. At most 256 connections at a time, daemon
 * threads, everything gone on {@link #close}. Safe for use by many threads.
 */
public final class FakeProvider implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 256;
  private static final int LONGEST_HEAD = 256 * 1024;
  private static final int LONGEST_BODY = 64 * 1024 * 1024;

  /** Answers a request; may block (a hang), and may throw: the connection is then cut. */
  public interface Handler {
    /** The answer. */
    Reply answer(Request request) throws Exception;
  }

  /** Writes a body piece by piece; {@link OutputStream#flush} sends what was written so far. */
  public interface BodyWriter {
    /** Writes the body. */
    void write(OutputStream out) throws Exception;
  }

  private final ServerSocket listener;
  private final ExecutorService threads;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final FakeKeysApi keys = new FakeKeysApi();
  private volatile Handler handler = keys;

  private FakeProvider(ServerSocket listener) {
    this.listener = listener;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            1,
            MOST_CONNECTIONS,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "fake-provider-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts on a free port with the keys API as the handler. */
  public static FakeProvider start() {
    try {
      return start(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts on a listener of the caller's, such as a TLS one. */
  public static FakeProvider start(ServerSocket listener) {
    FakeProvider provider = new FakeProvider(listener);
    provider.threads.execute(provider::acceptAll);
    return provider;
  }

  /** Starts with that handler. */
  public static FakeProvider start(Handler handler) {
    return start().handle(handler);
  }

  /** Answers everything with that handler from now on. */
  public FakeProvider handle(Handler next) {
    handler = next;
    return this;
  }

  /** The keys API's state and faults; answers unless {@link #handle} replaced it. */
  public FakeKeysApi keys() {
    return keys;
  }

  /** The port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** {@code http://127.0.0.1:PORT} followed by {@code path}. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** All requests so far, oldest first; a copy. */
  public List<Request> requests() {
    return new ArrayList<>(requests);
  }

  /** The requests whose target starts so. */
  public List<Request> requestsTo(String targetPrefix) {
    List<Request> out = new ArrayList<>();
    for (Request r : requests) if (r.target().startsWith(targetPrefix)) out.add(r);
    return out;
  }

  /** The latest request. */
  public Request lastRequest() {
    return requests.get(requests.size() - 1);
  }

  /** How many times somebody asked to make a key ({@code POST .../keys}), refused ones too. */
  public int provisioningCalls() {
    int calls = 0;
    for (Request r : requests) if (r.method().equals("POST") && r.path().endsWith("/keys")) calls++;
    return calls;
  }

  @Override
  public void close() {
    keys.release();
    try {
      listener.close();
      for (Socket socket : open) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
        if (listener.isClosed()) return;
      }
    }
  }

  private void serve(Socket socket) {
    try (Socket s = socket) {
      s.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(s.getInputStream());
      OutputStream out = s.getOutputStream();
      boolean again = true;
      while (again) {
        Request request = read(in, out);
        if (request == null) return;
        requests.add(request);
        again = write(handler.answer(request), request, out);
      }
    } catch (Exception e) {
      // A cut connection is what the test asked for, or what its client did.
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in, OutputStream out) throws IOException {
    String start = line(in);
    if (start == null) return null;
    String[] parts = start.split(" ", 3);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String l = line(in); l != null && !l.isEmpty(); l = line(in)) {
      int colon = l.indexOf(':');
      headers
          .computeIfAbsent(l.substring(0, colon).trim(), k -> new ArrayList<>())
          .add(l.substring(colon + 1).trim());
    }
    Request head = new Request(parts[0], parts[1], headers, new byte[0]);
    if ("100-continue".equalsIgnoreCase(head.header("Expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    return new Request(parts[0], parts[1], headers, body(in, head));
  }

  private static byte[] body(InputStream in, Request head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
      while (true) {
        int size = Integer.parseInt(String.valueOf(line(in)).split(";")[0].trim(), 16);
        copy(in, body, size);
        line(in);
        if (size == 0) return body.toByteArray();
      }
    }
    String length = head.header("Content-Length");
    copy(in, body, length == null ? 0 : Integer.parseInt(length));
    return body.toByteArray();
  }

  private static void copy(InputStream in, ByteArrayOutputStream out, int count)
      throws IOException {
    if (out.size() + count > LONGEST_BODY) throw new IOException("request body too long");
    for (int i = 0; i < count; i++) {
      int b = in.read();
      if (b < 0) throw new EOFException();
      out.write(b);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) return null;
      if (b != '\r') line.write(b);
      if (line.size() > LONGEST_HEAD) throw new IOException("request head too long");
    }
    return new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static boolean write(Reply reply, Request request, OutputStream out) throws Exception {
    if (reply.raw != null) {
      out.write(reply.raw);
      out.flush();
      return false;
    }
    boolean close =
        "close".equalsIgnoreCase(request.header("Connection")) || reply.closes || reply.cut;
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status + " Scripted\r\n");
    for (String[] h : reply.headers) head.append(h[0]).append(": ").append(h[1]).append("\r\n");
    boolean bodiless =
        request.method().equals("HEAD") || reply.status == 204 || reply.status == 304;
    boolean chunked = reply.writer != null;
    if (close) head.append("Connection: close\r\n");
    if (chunked) head.append("Transfer-Encoding: chunked\r\n");
    else if (reply.status != 204) {
      head.append("Content-Length: ").append(reply.body.length + (reply.cut ? 1 : 0));
      head.append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (bodiless) {
      out.flush();
    } else if (chunked) {
      out.flush();
      ChunkedOutput body = new ChunkedOutput(out);
      reply.writer.write(body);
      body.finish();
    } else {
      out.write(reply.body);
      out.flush();
    }
    return !close;
  }

  /** A request as it came over the wire. Immutable. */
  public static final class Request {
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Request(String method, String target, Map<String, List<String>> headers, byte[] body) {
      this.method = method;
      this.target = target;
      this.headers = headers;
      this.body = body;
    }

    /** The method. */
    public String method() {
      return method;
    }

    /** The raw target: path and query, undecoded. */
    public String target() {
      return target;
    }

    /** The raw path. */
    public String path() {
      int question = target.indexOf('?');
      return question < 0 ? target : target.substring(0, question);
    }

    /** The raw query without {@code ?}; null for none. */
    public String query() {
      int question = target.indexOf('?');
      return question < 0 ? null : target.substring(question + 1);
    }

    /** The first value of a header, name in any case; null where absent. */
    public String header(String name) {
      List<String> values = headers(name);
      return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a header, name in any case. */
    public List<String> headers(String name) {
      List<String> out = new ArrayList<>();
      headers.forEach(
          (n, values) -> {
            if (n.equalsIgnoreCase(name)) out.addAll(values);
          });
      return out;
    }

    /** All headers by the names they came with, in order. */
    public Map<String, List<String>> headers() {
      return headers;
    }

    /** The body's bytes. */
    public byte[] body() {
      return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** What follows {@code Bearer } in the Authorization header; null without one. */
    public String bearer() {
      String value = header("Authorization");
      return value != null && value.startsWith("Bearer ") ? value.substring(7) : null;
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /** An answer to send. Immutable; the methods that change it make a copy. */
  public static final class Reply {
    private final int status;
    private final List<String[]> headers;
    private final byte[] body;
    private final BodyWriter writer;
    private final boolean closes;
    private final boolean cut;
    private final byte[] raw;

    private Reply(
        int status,
        List<String[]> headers,
        byte[] body,
        BodyWriter writer,
        boolean closes,
        boolean cut,
        byte[] raw) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.writer = writer;
      this.closes = closes;
      this.cut = cut;
      this.raw = raw;
    }

    /** An answer with a body of JSON. */
    public static Reply json(int status, String json) {
      return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with a body. */
    public static Reply of(int status, String contentType, byte[] body) {
      return new Reply(status, new ArrayList<>(), body.clone(), null, false, false, null)
          .header("Content-Type", contentType);
    }

    /** An answer without a body or a content type. */
    public static Reply empty(int status) {
      return new Reply(status, new ArrayList<>(), new byte[0], null, false, false, null);
    }

    /** An answer whose body is written piece by piece, chunked. */
    public static Reply streaming(int status, String contentType, BodyWriter writer) {
      return new Reply(status, new ArrayList<>(), new byte[0], writer, false, false, null)
          .header("Content-Type", contentType);
    }

    /** These very bytes instead of an HTTP answer; then the connection is closed. */
    public static Reply raw(byte[] bytes) {
      return new Reply(0, new ArrayList<>(), new byte[0], null, true, false, bytes.clone());
    }

    /** The same with one more header. */
    public Reply header(String name, String value) {
      List<String[]> more = new ArrayList<>(headers);
      more.add(new String[] {name, value});
      return new Reply(status, more, body, writer, closes, cut, raw);
    }

    /** The same, and the connection is closed after it. */
    public Reply closing() {
      return new Reply(status, headers, body, writer, true, cut, raw);
    }

    /** The same, but the connection is cut one byte before the body's end. */
    public Reply cut() {
      return new Reply(status, headers, body, writer, closes, true, raw);
    }
  }

  private static final class ChunkedOutput extends OutputStream {
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    ChunkedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      pending.write(b);
      if (pending.size() >= 8192) flush();
    }

    @Override
    public void flush() throws IOException {
      if (pending.size() > 0) {
        out.write((Integer.toHexString(pending.size()) + "\r\n").getBytes("US-ASCII"));
        pending.write('\r');
        pending.write('\n');
        out.write(pending.toByteArray());
        pending.reset();
      }
      out.flush();
    }

    void finish() throws IOException {
      flush();
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
