package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/**
 * Where OkHttp is met: every client, however made, passes this constructor; and every asynchronous
 * call begins in one of these methods (the first up to 3.14, the second from 4.0 on).
 */
public final class OkHttpHooks {
  static final int CLIENT = 0;

  private static final String ENQUEUE = "(Lokhttp3/Callback;)V";

  private OkHttpHooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("okhttp", "dev.latchkey.agent.client.okhttp.OkHttpAdapter")
        .withPackages("okhttp3", "okio", "kotlin")
        .withHooks(
            Hook.entry("okhttp3/OkHttpClient", "<init>", "(Lokhttp3/OkHttpClient$Builder;)V"),
            Hook.entry("okhttp3/RealCall", "enqueue", ENQUEUE),
            Hook.entry("okhttp3/internal/connection/RealCall", "enqueue", ENQUEUE));
  }
}
