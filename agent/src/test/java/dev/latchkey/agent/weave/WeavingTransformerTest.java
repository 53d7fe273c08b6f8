package dev.latchkey.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeavingTransformerTest {
  private static final ClassLoader OWN = new Loader(null);
  private static final ClassLoader APPLICATION = new Loader(null);

  private final Told told = new Told();
  private final WeavingTransformer transformer =
      new WeavingTransformer(
          Weaver.create(
              Collections.singletonList(
                  ClientHooks.of("library", "a.B")
                      .withPackages("library.client", "library.parts")
                      .withHooks(Hook.around(Library.TYPE, "send", Library.SEND)))),
          OWN,
          told);

  @Test
  void weavesTheApplicationsClient() {
    assertThat(transform(APPLICATION, Library.TYPE)).isNotNull();
    assertThat(told.events).containsExactly("client");
  }

  @Test
  void firstClassOfAClientTellsOfCallsOnce() {
    assertThat(transform(APPLICATION, "library/parts/First")).isNull();
    assertThat(transform(APPLICATION, "library/clients/First")).isNull();
    assertThat(told.events).isEmpty();
    assertThat(transform(APPLICATION, "library/client/First")).isNull();
    assertThat(transform(APPLICATION, "library/client/Second")).isNull();
    assertThat(told.events).containsExactly("client");
  }

  @Test
  void classThatWasLoadedBeforeTellsNothingOfCalls() {
    byte[] original = Library.ofVersion(52);
    assertThat(transformer.transform(APPLICATION, Library.TYPE, String.class, null, original))
        .isNotNull();
    assertThat(told.events).isEmpty();
  }

  @Test
  void leavesEverythingElse() {
    assertThat(transform(APPLICATION, "library/Other")).isNull();
    assertThat(transform(APPLICATION, null)).isNull();
    assertThat(transform(null, "java/lang/String")).isNull();
  }

  @Test
  void leavesTheAgentsOwnCopies() {
    assertThat(transform(OWN, Library.TYPE)).isNull();
    assertThat(transform(new Loader(OWN), Library.TYPE)).isNull();
    assertThat(transform(OWN, "library/client/First")).isNull();
    assertThat(told.events).isEmpty();
  }

  @Test
  void leavesTheFiltersOwnCopies() throws Exception {
    ClassLoader inside = loaderNamed("dev.latchkey.filter.InsideLoader");

    assertThat(transform(inside, Library.TYPE)).isNull();
    assertThat(told.events).isEmpty();
  }

  @Test
  void garbageIsToldAndLeft() {
    assertThat(transformer.transform(APPLICATION, Library.TYPE, null, null, new byte[] {1, 2, 3}))
        .isNull();
    assertThat(told.events).containsExactly("client", Library.TYPE);
  }

  @Test
  void applicationBeginsOnceWithItsFirstClass() {
    transform(APPLICATION, "application/Early");
    assertThat(told.events).isEmpty();
    transform(ClassLoader.getSystemClassLoader(), "dev/latchkey/agent/Host");
    assertThat(told.events).isEmpty();
    transform(ClassLoader.getSystemClassLoader(), "application/Main");
    transform(ClassLoader.getSystemClassLoader(), "application/Other");
    assertThat(told.events).containsExactly("begins");
  }

  /** Each calls home through a client of its own, which must go out as that agent made it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "datadog.trace.bootstrap.DatadogClassLoader",
        "com.newrelic.agent.bootstrap.AgentClassLoader",
        "com.dynatrace.agent.Loader",
        "com.appdynamics.agent.Loader",
        "com.singularity.ee.agent.Loader",
        "com.instana.agent.Loader",
        "com.contrastsecurity.agent.Loader",
        "io.opentelemetry.javaagent.bootstrap.AgentClassLoader",
        "co.elastic.apm.agent.premain.ShadedClassLoader",
        "org.glowroot.agent.IsolatedClassLoader"
      })
  void leavesTheCopiesOfOtherAgents(String agentsLoader) throws Exception {
    assertThat(transform(loaderNamed(agentsLoader), Library.TYPE)).isNull();
    assertThat(told.events).isEmpty();
  }

  @Test
  void weavesWhereTheLoaderIsOnlyNamedLikeAnAgents() throws Exception {
    assertThat(transform(loaderNamed("com.newrelicfans.web.Loader"), Library.TYPE)).isNotNull();
  }

  private static ClassLoader loaderNamed(String name) throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(ClassLoader.class)
        .name(name)
        .make()
        .load(null)
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  private byte[] transform(ClassLoader loader, String type) {
    return transformer.transform(loader, type, null, null, Library.ofVersion(52));
  }

  private static final class Loader extends ClassLoader {
    Loader(ClassLoader parent) {
      super(parent);
    }
  }

  private static final class Told implements WeavingTransformer.Listener {
    final List<String> events = new ArrayList<>();

    @Override
    public void applicationBegins() {
      events.add("begins");
    }

    @Override
    public void clientIsLoaded() {
      events.add("client");
    }

    @Override
    public void notWoven(String type, Throwable fault) {
      events.add(type);
    }
  }
}
