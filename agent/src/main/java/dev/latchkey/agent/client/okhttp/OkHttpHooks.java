package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/**
 * Where OkHttp is met: every client, however made, passes this constructor; every asynchronous call
 * begins in one of these methods (the first up to 3.14, the second from 4.0 on); and every call
 * runs through two interceptors of the client's own, the first once below the application's, the
 * second once for each hop.
 */
public final class OkHttpHooks {
  static final int CLIENT = 0;
  static final int ENQUEUE_3 = 1;
  static final int ENQUEUE = 2;
  static final int FOLLOW_UP = 3;

  private static final String CALLBACK = "(Lokhttp3/Callback;)V";
  private static final String CHAIN = "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;";
  private static final String HTTP = "okhttp3/internal/http/";

  private OkHttpHooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("okhttp", "dev.latchkey.agent.client.okhttp.OkHttpAdapter")
        .withPackages("okhttp3", "okio", "kotlin")
        .withHooks(
            Hook.entry("okhttp3/OkHttpClient", "<init>", "(Lokhttp3/OkHttpClient$Builder;)V"),
            Hook.entry("okhttp3/RealCall", "enqueue", CALLBACK),
            Hook.entry("okhttp3/internal/connection/RealCall", "enqueue", CALLBACK),
            Hook.around(HTTP + "RetryAndFollowUpInterceptor", "intercept", CHAIN),
            Hook.around(HTTP + "BridgeInterceptor", "intercept", CHAIN));
  }
}
