package dev.latchkey.agent.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;

/**
 * An HTTP/1.1 server on a raw socket that keeps every byte it was sent. A body announced with
 * {@code Expect: 100-continue} is asked for only where {@link #continueIf} agrees.
 */
final class RawServer implements AutoCloseable {
  /** Answers one request; may take its time. */
  interface Handler {
    void handle(Seen seen, Reply reply) throws Exception;
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Handler handler;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Predicate<Seen> continueIf = head -> true;

  private RawServer(ServerSocket listener, String scheme, Handler handler) {
    this.listener = listener;
    this.scheme = scheme;
    this.handler = handler;
    daemon(this::accept);
  }

  static RawServer http(Handler handler) throws IOException {
    return of(ServerSocketFactory.getDefault(), "http", handler);
  }

  static RawServer https(Handler handler) throws Exception {
    return of(Tls.context().getServerSocketFactory(), "https", handler);
  }

  private static RawServer of(ServerSocketFactory sockets, String scheme, Handler handler)
      throws IOException {
    ServerSocket listener = sockets.createServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    return new RawServer(listener, scheme, handler);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Scheme, host and port. */
  String origin() {
    return scheme + "://localhost:" + port();
  }

  String scheme() {
    return scheme;
  }

  String url(String path) {
    return origin() + path;
  }

  /** All requests so far, in the order in which they were complete. */
  List<Seen> seen() {
    return seen;
  }

  /** How many connections were opened so far. */
  int connections() {
    return connections.get();
  }

  void forget() {
    seen.clear();
  }

  /** Which heads with {@code Expect: 100-continue} are told to go on. */
  void continueIf(Predicate<Seen> accepted) {
    continueIf = accepted;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) socket.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket, connections.incrementAndGet()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (Socket closing = socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (one(in, closing, number)) {}
    } catch (Exception gone) {
      // The client went away, which is a thing clients do.
    } finally {
      open.remove(socket);
    }
  }

  private boolean one(InputStream in, Socket socket, int number) throws Exception {
    String head = head(in);
    if (head.isEmpty()) return false;
    Seen announced = new Seen(head, new byte[0], number);
    Reply reply = new Reply(socket.getOutputStream(), announced.method().equals("HEAD"));
    boolean expects = "100-continue".equalsIgnoreCase(announced.header("Expect"));
    boolean refused = expects && !continueIf.test(announced);
    if (refused) reply.close();
    if (expects && !refused) reply.raw(Bytes.of("HTTP/1.1 100 Continue\r\n\r\n"));
    Seen whole = refused ? announced : new Seen(head, body(announced, in), number);
    seen.add(whole);
    handler.handle(whole, reply);
    return !reply.closing();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      String text = b == '\n' ? new String(head.toByteArray(), StandardCharsets.ISO_8859_1) : "";
      if (text.endsWith("\r\n\r\n")) return text;
    }
    return "";
  }

  private static byte[] body(Seen head, InputStream in) throws IOException {
    if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) return chunks(in);
    String length = head.header("Content-Length");
    return exactly(in, length == null ? 0 : Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      all.write(exactly(in, size));
      line(in);
    }
    line(in);
    return all.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).trim(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) text.append((char) b);
    return text.toString();
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int n = in.read(bytes, done, length - done);
      if (n < 0) throw new IOException("the body ended after " + done + " of " + length);
      done += n;
    }
    return bytes;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "server");
    thread.setDaemon(true);
    thread.start();
  }
}
