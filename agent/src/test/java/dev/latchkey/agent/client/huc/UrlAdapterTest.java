package dev.latchkey.agent.client.huc;

import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to this client; what all have in common is in the contract. */
final class UrlAdapterTest {
  private static final int MEBIBYTE = 1 << 20;

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private FakeCalls calls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::ask);
    server.createContext("/missing", exchange -> answer(exchange, 404, "not here"));
    server.createContext("/moved", exchange -> move(exchange));
    server.start();
    calls = new FakeCalls(server.getAddress().getPort(), false);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void unmanagedConnectionIsTheJdksOwn() throws IOException {
    URL url = new URL(at("/").replace("127.0.0.1", "localhost"));
    assertThat(wrapped(url)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2048, MEBIBYTE})
  void streamedBodyIsSentAgain(int size) throws IOException {
    calls.startingDead();
    HttpURLConnection connection = post("/", size);
    connection.setFixedLengthStreamingMode(size);
    write(connection, size);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(seen).containsExactly("POST / dead-canary " + size, "POST / live-canary " + size);
    assertThat(calls.reported).containsExactly("dead-canary 401", "replay true", "live-canary 200");
  }

  @Test
  void chunkedBodyIsSentAgain() throws IOException {
    calls.startingDead();
    HttpURLConnection connection = post("/", 2048);
    connection.setChunkedStreamingMode(0);
    write(connection, 2048);
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }

  @Test
  void bodyTooLargeToKeepIsSentOnceAndRenewsTheKey() throws IOException {
    calls.startingDead();
    HttpURLConnection connection = post("/", MEBIBYTE + 1);
    connection.setChunkedStreamingMode(4096);
    write(connection, MEBIBYTE + 1);
    assertThat(connection.getResponseCode()).isEqualTo(401);
    assertThat(seen).containsExactly("POST / dead-canary " + (MEBIBYTE + 1));
    assertThat(calls.reported).containsExactly("dead-canary 401", "replay false");
  }

  @Test
  void bodyTooLargeToKeepArrivesWholeWithoutAStreamingModeToo() throws IOException {
    HttpURLConnection connection = post("/", 3 * MEBIBYTE);
    write(connection, 3 * MEBIBYTE);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(seen).containsExactly("POST / live-canary " + 3 * MEBIBYTE);
  }

  @Test
  void promisedLengthIsHeld() throws IOException {
    HttpURLConnection connection = post("/", 3);
    connection.setFixedLengthStreamingMode(3);
    OutputStream out = connection.getOutputStream();
    assertThatThrownBy(() -> out.write(new byte[4]))
        .isInstanceOf(IOException.class)
        .hasMessage("too many bytes written");
    assertThatThrownBy(out::close).hasMessage("insufficient data written");
  }

  @Test
  void connectFirstThenWrite() throws IOException {
    calls.startingDead();
    HttpURLConnection connection = post("/", 5);
    connection.connect();
    assertThatThrownBy(() -> connection.setRequestProperty("a", "b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Already connected");
    write(connection, 5);
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }

  @Test
  void writingTurnsGetIntoPost() throws IOException {
    HttpURLConnection connection = open("/");
    connection.setDoOutput(true);
    write(connection, 1);
    assertThat(connection.getRequestMethod()).isEqualTo("POST");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(seen).containsExactly("POST / live-canary 1");
  }

  @Test
  void writingNeedsLeave() throws IOException {
    assertThatThrownBy(() -> open("/").getOutputStream())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("doOutput=false");
  }

  @Test
  void refusalIsInTheErrorStream() throws IOException {
    HttpURLConnection connection = open("/missing");
    assertThat(connection.getErrorStream()).isNull();
    assertThat(connection.getResponseCode()).isEqualTo(404);
    assertThat(text(connection.getErrorStream())).isEqualTo("not here");
  }

  @Test
  void exceptionDoesNotNameTheKeyInTheUrl() throws IOException {
    calls = new FakeCalls(server.getAddress().getPort(), true);
    HttpURLConnection connection = open("/missing?q=1");
    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(at("/missing?q=1&key=***"));
    assertThat(connection.getURL()).hasToString(at("/missing?q=1"));
    assertThat(connection.toString()).doesNotContain("canary");
  }

  @Test
  void placeholderStaysWhatTheApplicationSees() throws IOException {
    HttpURLConnection connection = open("/");
    connection.setRequestProperty("X-API-Key", "placeholder");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getRequestProperty("X-API-Key")).isEqualTo("placeholder");
    assertThat(seen).containsExactly("GET / live-canary 0");
  }

  @Test
  void keyIsAmongNoPropertiesThatTheApplicationCanList() throws IOException {
    HttpURLConnection with = open("/");
    with.setRequestProperty("X-API-Key", "placeholder");
    HttpURLConnection without = open("/");
    without.setRequestProperty("X-Other", "1");
    for (HttpURLConnection connection : Arrays.asList(with, without)) {
      assertThat(connection.getResponseCode()).isEqualTo(200);
      connection.disconnect();
    }
    assertThat(with.getRequestProperties())
        .containsEntry("X-API-Key", singletonList("placeholder"));
    assertThat(without.getRequestProperty("x-api-key")).isNull();
    assertThat(without.getRequestProperties())
        .containsEntry("X-Other", singletonList("1"))
        .doesNotContainKey("X-API-Key");
    assertThat(seen).containsExactly("GET / live-canary 0", "GET / live-canary 0");
  }

  @Test
  void redirectTurnsPostIntoGet() throws IOException {
    HttpURLConnection connection = post("/moved?302,/", 4);
    write(connection, 4);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getRequestMethod()).isEqualTo("GET");
    assertThat(connection.getURL()).hasToString(at("/"));
    assertThat(seen).containsExactly("GET / live-canary 0");
  }

  @Test
  void redirect307KeepsTheBody() throws IOException {
    HttpURLConnection connection = post("/moved?307,/", 4);
    write(connection, 4);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(seen).containsExactly("POST / live-canary 4");
  }

  @Test
  void redirect307OfABodyThatIsGoneFailsLikeTheJdk() throws IOException {
    HttpURLConnection connection = post("/moved?307,/", MEBIBYTE + 1);
    connection.setFixedLengthStreamingMode(MEBIBYTE + 1);
    write(connection, MEBIBYTE + 1);
    assertThatThrownBy(connection::getResponseCode).isInstanceOf(HttpRetryException.class);
  }

  @Test
  void redirectIsNotFollowedWhereTheApplicationSaysSo() throws IOException {
    HttpURLConnection connection = open("/moved?302,/");
    connection.setInstanceFollowRedirects(false);
    assertThat(connection.getResponseCode()).isEqualTo(302);
    assertThat(connection.getHeaderField("Location")).isEqualTo("/");
  }

  @Test
  void redirectsEndAfterTwenty() throws IOException {
    HttpURLConnection connection = open("/moved?302,self");
    assertThatThrownBy(connection::getResponseCode)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Server redirected too many  times (20)");
    assertThat(calls.reported).hasSize(20);
  }

  @Test
  void connectionThatFailsBlamesNoKey() throws IOException {
    int closed = closedPort();
    calls = new FakeCalls(closed, false);
    HttpURLConnection connection = wrapped(new URL("http://127.0.0.1:" + closed + "/"));
    assertThatThrownBy(connection::connect).isInstanceOf(java.net.ConnectException.class);
    assertThatThrownBy(connection::getResponseCode).isInstanceOf(java.net.ConnectException.class);
    assertThat(connection.getHeaderFields()).isEmpty();
    assertThat(calls.reported).containsExactly("live-canary failed", "live-canary failed");
  }

  @Test
  void settingsAreTheApplications() throws IOException {
    HttpURLConnection connection = open("/");
    connection.setConnectTimeout(1234);
    connection.setReadTimeout(4321);
    connection.setUseCaches(false);
    connection.setIfModifiedSince(1);
    connection.setAllowUserInteraction(true);
    assertThat(connection.getConnectTimeout()).isEqualTo(1234);
    assertThat(connection.getReadTimeout()).isEqualTo(4321);
    assertThat(connection.getUseCaches()).isFalse();
    assertThat(connection.getIfModifiedSince()).isEqualTo(1);
    assertThat(connection.getAllowUserInteraction()).isTrue();
    assertThat(connection.usingProxy()).isFalse();
    assertThat(connection.getResponseMessage()).isEqualTo("OK");
    assertThat(connection.getContentLength()).isEqualTo(2);
    assertThat(connection.getHeaderFieldKey(0)).isNull();
    assertThat(connection.getHeaderField(0)).isEqualTo("HTTP/1.1 200 OK");
    connection.disconnect();
  }

  @Test
  void disconnectWhileAKeyIsFetchedHandsBackTheRefusal() throws Exception {
    CompletableFuture<Boolean> fetched = new CompletableFuture<>();
    calls.startingDead().fetching(fetched);
    HttpURLConnection connection = open("/");
    FutureTask<Integer> status = new FutureTask<>(connection::getResponseCode);
    Thread caller = new Thread(status, "application");
    caller.setDaemon(true);
    caller.start();
    calls.awaitReplay();
    connection.disconnect();
    // Less than the 20 seconds after which the wait would end by itself.
    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(401);
    fetched.complete(true);
    // Whatever the application asks now sends nothing.
    assertThat(connection.getHeaderFields()).isNotNull();
    assertThat(connection.getResponseCode()).isEqualTo(401);
    assertThat(seen).containsExactly("GET / dead-canary 0");
    assertThat(calls.reported)
        .containsExactly("dead-canary 401", "replay true", "live-canary failed");
  }

  @Test
  void unknownMethodIsRefusedLikeTheJdk() throws IOException {
    HttpURLConnection connection = open("/");
    assertThatThrownBy(() -> connection.setRequestMethod("PATCH"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Invalid HTTP method: PATCH");
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection = wrapped(new URL(at(path)));
    assertThat(connection).isNotNull();
    return connection;
  }

  private HttpURLConnection post(String path, int size) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    return connection;
  }

  private @Nullable HttpURLConnection wrapped(URL url) throws IOException {
    return (HttpURLConnection)
        new UrlAdapter(calls).enter(0, url, url.openConnection(), null, null);
  }

  private static void write(HttpURLConnection connection, int size) throws IOException {
    try (OutputStream out = connection.getOutputStream()) {
      byte[] piece = new byte[8000];
      for (int left = size; left > 0; left -= piece.length) {
        out.write(piece, 0, Math.min(left, piece.length));
      }
    }
  }

  private String at(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void ask(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-API-Key");
    int size = bytes(exchange.getRequestBody()).length;
    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + key + " " + size);
    answer(exchange, FakeCalls.LIVE.equals(key) ? 200 : 401, "ok");
  }

  private static void move(HttpExchange exchange) throws IOException {
    bytes(exchange.getRequestBody());
    String[] order = exchange.getRequestURI().getQuery().split(",");
    String to = order[1].equals("self") ? exchange.getRequestURI().toString() : order[1];
    exchange.getResponseHeaders().set("Location", to);
    answer(exchange, Integer.parseInt(order[0]), "");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String text(@Nullable InputStream in) throws IOException {
    return in == null ? "" : new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
