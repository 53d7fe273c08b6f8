package dev.latchkey.agent.client.jdk;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Set;

/**
 * Whether a request's body can be published twice. Nothing tells, and a publisher over one stream
 * would silently send nothing the second time; so only those of the JDK that hold their bytes
 * count.
 */
final class Repeatable {
  private static final Set<String> HOLDING =
      Set.of("ByteArrayPublisher", "StringPublisher", "EmptyPublisher", "FilePublisher");

  private Repeatable() {}

  static boolean is(HttpRequest request) {
    return request.bodyPublisher().map(Repeatable::holdsItsBytes).orElse(true);
  }

  private static boolean holdsItsBytes(BodyPublisher publisher) {
    Class<?> type = publisher.getClass();
    return type.getName().startsWith("jdk.internal.net.http.RequestPublishers$")
        && HOLDING.contains(type.getSimpleName());
  }
}
