package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/** Where OkHttp is met: every client, however made, passes this constructor. */
public final class OkHttpHooks {
  private OkHttpHooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("okhttp", "dev.latchkey.agent.client.okhttp.OkHttpAdapter")
        .withPackages("okhttp3", "okio", "kotlin")
        .withHooks(
            Hook.entry("okhttp3/OkHttpClient", "<init>", "(Lokhttp3/OkHttpClient$Builder;)V"));
  }
}
