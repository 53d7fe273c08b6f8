package dev.latchkey.agent.client.apache4;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/**
 * Where Apache HttpClient 4 is met: where its builder makes the link that sends (below redirects,
 * retries and the application's interceptors; 4.4 and newer have a method for it, 4.3 only one that
 * decorates), and in the minimal client, which has no builder.
 */
public final class Apache4Hooks {
  static final int MINIMAL = 2;

  private static final String BUILDER = "org/apache/http/impl/client/HttpClientBuilder";
  private static final String CHAIN = "Lorg/apache/http/impl/execchain/ClientExecChain;";

  private Apache4Hooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("apache4", "dev.latchkey.agent.client.apache4.Apache4Adapter")
        .withPackages("org.apache.http")
        .withHooks(
            Hook.exit(BUILDER, "createMainExec", "(" + mainExecParts() + ")" + CHAIN),
            Hook.exit(BUILDER, "decorateMainExec", "(" + CHAIN + ")" + CHAIN),
            Hook.around(
                "org/apache/http/impl/execchain/MinimalClientExec",
                "execute",
                "(Lorg/apache/http/conn/routing/HttpRoute;"
                    + "Lorg/apache/http/client/methods/HttpRequestWrapper;"
                    + "Lorg/apache/http/client/protocol/HttpClientContext;"
                    + "Lorg/apache/http/client/methods/HttpExecutionAware;)"
                    + "Lorg/apache/http/client/methods/CloseableHttpResponse;"));
  }

  private static String mainExecParts() {
    return "Lorg/apache/http/protocol/HttpRequestExecutor;"
        + "Lorg/apache/http/conn/HttpClientConnectionManager;"
        + "Lorg/apache/http/ConnectionReuseStrategy;"
        + "Lorg/apache/http/conn/ConnectionKeepAliveStrategy;"
        + "Lorg/apache/http/protocol/HttpProcessor;"
        + "Lorg/apache/http/client/AuthenticationStrategy;"
        + "Lorg/apache/http/client/AuthenticationStrategy;"
        + "Lorg/apache/http/client/UserTokenHandler;";
  }
}
