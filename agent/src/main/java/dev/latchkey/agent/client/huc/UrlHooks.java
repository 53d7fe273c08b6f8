package dev.latchkey.agent.client.huc;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;
import java.net.HttpURLConnection;

/** Where {@code HttpURLConnection} is met: as the result of {@code URL.openConnection}. */
public final class UrlHooks {
  private static final String URL = "java/net/URL";

  private UrlHooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("httpurlconnection", "dev.latchkey.agent.client.huc.UrlAdapter")
        .withHooks(
            Hook.exit(URL, "openConnection", "()Ljava/net/URLConnection;")
                .onlyFor(HttpURLConnection.class),
            Hook.exit(URL, "openConnection", "(Ljava/net/Proxy;)Ljava/net/URLConnection;")
                .onlyFor(HttpURLConnection.class));
  }
}
