package dev.latchkey.agent.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The calling side of {@link LoopbackCalls}, in a JVM of its own: on each line {@code N} of its
 * input it makes N calls and answers with the nanoseconds and the bytes allocated by its thread.
 */
public final class CallLoop {
  private static final String KEY = "Bearer bench-key-000000000000000000000000";

  private interface Call {
    void once() throws IOException;
  }

  private CallLoop() {}

  /**
   * The client ({@code okhttp}, {@code huc}), who sets the key ({@code hand}, {@code nobody}), the
   * URL.
   */
  public static void main(String[] arguments) throws IOException {
    boolean hand = arguments[1].equals("hand");
    URL url = new URL(arguments[2]);
    Call call = arguments[0].equals("okhttp") ? okHttp(url, hand) : connection(url, hand);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(block(call, Integer.parseInt(line)));
    }
  }

  private static String block(Call call, int times) throws IOException {
    long allocated = allocated();
    long begun = System.nanoTime();
    for (int i = 0; i < times; i++) call.once();
    long nanos = System.nanoTime() - begun;
    return nanos + " " + (allocated() - allocated);
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
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestProperty("Authorization", hand ? KEY : "placeholder");
      byte[] buffer = new byte[512];
      try (InputStream in = connection.getInputStream()) {
        while (in.read(buffer) >= 0) {}
      }
    };
  }
}
