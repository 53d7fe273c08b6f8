package dev.latchkey.agent.propagate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.bridge.BootBridge;
import dev.latchkey.agent.bridge.LatchkeyBridge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The places are where we think they are, in the classes that the tests can see. */
@ExtendWith(BootBridge.class)
final class PlacesTest {
  private static final String BRIDGE = LatchkeyBridge.class.getName().replace('.', '/');

  private final Map<String, List<Place>> places = Places.byType();

  static Stream<String> everywhere() {
    return Stream.of(
        "java/util/concurrent/ThreadPoolExecutor",
        "java/util/concurrent/ScheduledThreadPoolExecutor",
        "java/util/concurrent/ForkJoinPool",
        "java/util/concurrent/ForkJoinTask",
        "java/util/concurrent/CompletableFuture$UniCompletion",
        "org/apache/tomcat/util/threads/ThreadPoolExecutor",
        "org/apache/catalina/core/AsyncContextImpl");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void classIsWoven(String type) throws IOException {
    byte[] woven = PlaceWeaver.weave(places.get(type), bytes(type));
    assertThat(woven).isNotNull();
    assertThat(new String(woven, StandardCharsets.ISO_8859_1)).contains(BRIDGE);
  }

  @Test
  void classWithoutThePlaceIsLeftAsItIs() throws IOException {
    List<Place> nowhere = Collections.singletonList(Place.before("java/util/Timer", "nope", "x"));
    assertThat(PlaceWeaver.weave(nowhere, bytes("java/util/Timer"))).isNull();
  }

  @Test
  void methodThatMustBeThereIsThereOnThisJava() throws IOException {
    for (String method : Arrays.asList("execute", "reject", "runWorker", "getTask")) {
      List<Place> one = only("java/util/concurrent/ThreadPoolExecutor", method);
      byte[] original = bytes("java/util/concurrent/ThreadPoolExecutor");
      assertThat(PlaceWeaver.weave(one, original)).as(method).isNotNull();
    }
  }

  private List<Place> only(String type, String method) {
    for (Place place : places.get(type)) {
      if (place.method.equals(method)) return Collections.singletonList(place);
    }
    throw new AssertionError(type + "." + method);
  }

  private static byte[] bytes(String type) throws IOException {
    String resource = type + ".class";
    try (InputStream in = PlacesTest.class.getClassLoader().getResourceAsStream(resource)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    }
  }
}
