package dev.latchkey.agent.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The calling side of {@link LoopbackCalls}, in a JVM of its own: on each line {@code I N} of its
 * input its threads make N calls together, in the I-th of the ways it was started with, and it
 * answers with the nanoseconds that took and the bytes they allocated. Several threads keep the
 * cores busy: a lone caller is asleep most of the time, and what waking a core costs differs by
 * more than what is measured.
 */
public final class CallLoop {
  private static final int CALLERS = 4;
  private static final String KEY = "Bearer bench-key-000000000000000000000000";

  private interface Call {
    void once() throws IOException;
  }

  private final List<Call> ways = new ArrayList<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  private CallLoop() {}

  /**
   * The client ({@code okhttp}, {@code huc}), then the ways: who sets the key ({@code hand}, {@code
   * nobody}) and the URL.
   */
  public static void main(String[] arguments) throws Exception {
    CallLoop loop = new CallLoop();
    for (int i = 1; i < arguments.length; i += 2) {
      boolean hand = arguments[i].equals("hand");
      URL url = new URL(arguments[i + 1]);
      loop.ways.add(arguments[0].equals("okhttp") ? okHttp(url, hand) : connection(url, hand));
    }
    loop.run();
  }

  private void run() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        System.out.println(block(ways.get(Integer.parseInt(words[0])), Integer.parseInt(words[1])));
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private String block(Call call, int times) throws InterruptedException, ExecutionException {
    Callable<Long> share = () -> share(call, times / CALLERS);
    long allocated = 0;
    long begun = System.nanoTime();
    for (Future<Long> done : callers.invokeAll(Collections.nCopies(CALLERS, share))) {
      allocated += done.get();
    }
    return System.nanoTime() - begun + " " + allocated;
  }

  private static long share(Call call, int times) throws IOException {
    long before = allocated();
    for (int i = 0; i < times; i++) call.once();
    return allocated() - before;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static Call okHttp(URL url, boolean hand) {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    if (hand) builder.addInterceptor(byHand(url.getHost(), url.getPort()));
    OkHttpClient client = builder.build();
    return () -> {
      Request request =
          new Request.Builder().url(url).header("Authorization", "placeholder").build();
      try (Response answer = client.newCall(request).execute()) {
        answer.body().bytes();
      }
    };
  }

  /** What one would write oneself: the key, for that host only. */
  private static Interceptor byHand(String host, int port) {
    return chain -> {
      Request request = chain.request();
      boolean ours = request.url().host().equals(host) && request.url().port() == port;
      return chain.proceed(
          ours ? request.newBuilder().header("Authorization", KEY).build() : request);
    };
  }

  private static Call connection(URL url, boolean hand) {
    String host = url.getHost();
    int port = url.getPort();
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestProperty("Authorization", "placeholder");
      if (hand) byHand(connection, host, port);
      byte[] buffer = new byte[512];
      try (InputStream in = connection.getInputStream()) {
        while (in.read(buffer) >= 0) {}
      }
    };
  }

  /** The same, where the application's connections are handed through a method of one's own. */
  private static void byHand(HttpURLConnection connection, String host, int port) {
    URL url = connection.getURL();
    boolean ours = url.getHost().equals(host) && url.getPort() == port;
    if (ours) connection.setRequestProperty("Authorization", KEY);
  }
}
