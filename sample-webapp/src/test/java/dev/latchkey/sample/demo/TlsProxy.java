package dev.latchkey.sample.demo;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP proxy on loopback whose tunnels all end here: it speaks TLS as whoever was asked for, and
 * hands what it hears to a server on this machine.
 */
final class TlsProxy implements Closeable {
  private final ServerSocket door;
  private final SSLContext tls;
  private final int server;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private TlsProxy(ServerSocket door, SSLContext tls, int server) {
    this.door = door;
    this.tls = tls;
    this.server = server;
  }

  /** In front of the server on that port. */
  static TlsProxy start(SSLContext tls, int server) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    TlsProxy proxy = new TlsProxy(door, tls, server);
    proxy.threads.submit(proxy::accept);
    return proxy;
  }

  int port() {
    return door.getLocalPort();
  }

  /** The places to which tunnels were asked for, {@code HOST:PORT}, in order. */
  Queue<String> asked() {
    return asked;
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      threads.submit(() -> serve(client));
    }
  }

  private Void serve(Socket client) throws IOException {
    try (Socket plain = client;
        SSLSocket secret = tunnel(plain);
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
      threads.submit(() -> pump(behind, secret));
      return pump(secret, behind);
    }
  }

  private SSLSocket tunnel(Socket client) throws IOException {
    asked.add(head(client.getInputStream()).split(" ")[1]);
    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    SSLSocket secret = (SSLSocket) tls.getSocketFactory().createSocket(client, null, 0, true);
    secret.setUseClientMode(false);
    return secret;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String end = "\r\n\r\n";
    while (!head.toString("US-ASCII").endsWith(end)) {
      int next = in.read();
      if (next < 0) throw new IOException("the request ends after " + head.size() + " bytes");
      head.write(next);
    }
    return head.toString("US-ASCII");
  }

  /** Until one of the two ends; then both do. */
  private static Void pump(Socket from, Socket to) throws IOException {
    try (Socket source = from;
        Socket target = to) {
      InputStream in = source.getInputStream();
      OutputStream out = target.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
