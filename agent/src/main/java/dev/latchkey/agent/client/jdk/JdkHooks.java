package dev.latchkey.agent.client.jdk;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;

/**
 * Where {@code java.net.http} is met. A call begins in the public methods; its hops are followed
 * from the request copy that each one has; the key goes on where a hop is written, as HTTP/1.1 or
 * as HTTP/2. The names are the same in Java 11, 17, 21 and 25 but for two pairs, of which either
 * one is there.
 */
public final class JdkHooks {
  static final int SEND = 0;
  static final int SEND_ASYNC = 1;
  static final int SEND_ASYNC_PUSH = 2;
  static final int FIRST_HOP = 3;
  static final int FIRST_HOP_24 = 4;
  static final int REDIRECTING = 5;
  static final int REDIRECTING_11 = 6;
  static final int REDIRECTED = 7;
  static final int REDIRECTED_11 = 8;
  static final int AUTHENTICATED = 9;
  static final int URI = 10;
  static final int TARGET = 11;
  static final int PSEUDO_HEADERS = 12;
  static final int HEADERS = 13;
  static final int ANSWER = 14;
  static final int ANSWER_HEADERS = 15;

  private static final String IN = "jdk/internal/net/http/";
  private static final String API = "Ljava/net/http/";
  private static final String REQUEST = API + "HttpRequest;";
  private static final String HANDLER = API + "HttpResponse$BodyHandler;";
  private static final String PUSH = API + "HttpResponse$PushPromiseHandler;";
  private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
  private static final String HOP = "L" + IN + "HttpRequestImpl;";
  private static final String NO_ARGUMENTS_TO_HEADERS = "()" + API + "HttpHeaders;";
  private static final String REDIRECT = "(Ljava/net/URI;Ljava/lang/String;" + HOP;

  private JdkHooks() {}

  /** The client. */
  public static ClientHooks hooks() {
    return ClientHooks.of("jdk", "dev.latchkey.agent.client.jdk.JdkAdapter")
        .withHooks(
            Hook.around(
                IN + "HttpClientImpl",
                "send",
                "(" + REQUEST + HANDLER + ")" + API + "HttpResponse;"),
            Hook.around(IN + "HttpClientImpl", "sendAsync", "(" + REQUEST + HANDLER + ")" + FUTURE),
            Hook.around(
                IN + "HttpClientImpl", "sendAsync", "(" + REQUEST + HANDLER + PUSH + ")" + FUTURE),
            Hook.entry(
                IN + "MultiExchange", "<init>", exchange("Ljava/security/AccessControlContext;")),
            Hook.entry(IN + "MultiExchange", "<init>", exchange("")),
            Hook.entry(IN + "HttpRequestImpl", "newInstanceForRedirection", REDIRECT + "Z)" + HOP),
            Hook.entry(IN + "HttpRequestImpl", "newInstanceForRedirection", REDIRECT + ")" + HOP),
            Hook.exit(IN + "HttpRequestImpl", "newInstanceForRedirection", REDIRECT + "Z)" + HOP),
            Hook.exit(IN + "HttpRequestImpl", "newInstanceForRedirection", REDIRECT + ")" + HOP),
            Hook.exit(
                IN + "HttpRequestImpl", "newInstanceForAuthentication", "(" + HOP + ")" + HOP),
            Hook.exit(IN + "HttpRequestImpl", "uri", "()Ljava/net/URI;"),
            Hook.exit(IN + "Http1Request", "requestURI", "()Ljava/lang/String;"),
            Hook.exit(
                IN + "Stream", "createPseudoHeaders", "(" + REQUEST + ")" + API + "HttpHeaders;"),
            Hook.exit(IN + "HttpRequestImpl", "getUserHeaders", NO_ARGUMENTS_TO_HEADERS),
            Hook.entry(IN + "Response", "<init>", answer()),
            Hook.exit(IN + "Response", "headers", NO_ARGUMENTS_TO_HEADERS));
  }

  private static String exchange(String upTo23) {
    return "(" + REQUEST + HOP + ("L" + IN + "HttpClientImpl;") + HANDLER + PUSH + upTo23 + ")V";
  }

  private static String answer() {
    return "("
        + (HOP + "L" + IN + "Exchange;" + API + "HttpHeaders;L" + IN + "HttpConnection;I")
        + (API + "HttpClient$Version;Z)V");
  }
}
