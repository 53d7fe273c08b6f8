package dev.latchkey.agent.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A provider on loopback that answers everything at once, and the settings that name it. */
final class Provider implements Closeable {
  private static final byte[] ANSWER =
      "{\"choices\":[{\"message\":{\"content\":\"pong\"}}]}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong keyed = new AtomicLong();

  private Provider(HttpServer server) {
    this.server = server;
  }

  static Provider start() throws IOException {
    // Without it the JDK's server holds small answers back for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Provider provider = new Provider(HttpServer.create(any, 100));
    provider.server.setExecutor(provider.threads);
    provider.server.createContext("/", provider::answer);
    provider.server.start();
    return provider;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    if (key != null && key.startsWith("Bearer bench-key")) keyed.incrementAndGet();
    drain(exchange.getRequestBody());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[1024];
    while (in.read(buffer) >= 0) {}
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many calls came with the managed key. */
  long keyed() {
    return keyed.get();
  }

  /** A settings file whose one provider is this one if it is to be managed, else nobody. */
  File settings(Path folder, boolean managed) throws IOException {
    Path key = folder.resolve("key.txt");
    Files.write(key, Collections.singletonList("bench-key-000000000000000000000000"));
    Path file = folder.resolve(managed ? "managed.yaml" : "unmanaged.yaml");
    String place = managed ? url() : "https://api.example.com";
    Files.write(
        file,
        ("store: {url: \"h2:"
                + folder.resolve("store")
                + "\"}\n"
                + "encryption: {keyset-file: \""
                + folder.resolve("keyset.json")
                + "\"}\n"
                + "providers:\n"
                + "  bench:\n"
                + "    base-url: "
                + place
                + "\n"
                + "    attach: {header: Authorization, template: \"Bearer {key}\"}\n"
                + "    key-file: "
                + key
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    return file.toFile();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
