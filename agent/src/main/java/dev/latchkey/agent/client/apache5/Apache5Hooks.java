package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/**
 * Where the classic Apache HttpClient 5 is met: in the link that every built client has below
 * redirects and retries, and in the minimal client, which has no chain.
 */
public final class Apache5Hooks {
  static final int MINIMAL = 1;

  private static final String IMPL = "org/apache/hc/client5/http/impl/classic/";
  private static final String CHAIN = "Lorg/apache/hc/client5/http/classic/ExecChain";
  private static final String REQUEST = "Lorg/apache/hc/core5/http/ClassicHttpRequest;";

  private Apache5Hooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("apache5", "dev.latchkey.agent.client.apache5.Apache5Adapter")
        .withPackages("org.apache.hc")
        .withHooks(
            Hook.around(
                IMPL + "ProtocolExec",
                "execute",
                "("
                    + (REQUEST + CHAIN + "$Scope;" + CHAIN + ";")
                    + ")Lorg/apache/hc/core5/http/ClassicHttpResponse;"),
            Hook.around(
                IMPL + "MinimalHttpClient",
                "doExecute",
                "(Lorg/apache/hc/core5/http/HttpHost;"
                    + REQUEST
                    + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
                    + ("L" + IMPL + "CloseableHttpResponse;")));
  }
}
