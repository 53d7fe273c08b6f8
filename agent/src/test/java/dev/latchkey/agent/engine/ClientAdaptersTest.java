package dev.latchkey.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;
import dev.latchkey.agent.client.RealFault;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientAdaptersTest {
  private static final String LIBRARY = "dev/latchkey/agent/engine/library/";
  private static final int MANY = 100;

  private final ClientAdapters adapters =
      new ClientAdapters(
          ClientHooks.of("library", "dev.latchkey.agent.engine.fake.FakeAdapter")
              .withPackages("dev.latchkey.agent.engine.library")
              .withHooks(
                  Hook.entry(LIBRARY + "Home", "<init>", "()V"),
                  Hook.entry(LIBRARY + "Part", "<init>", "()V"),
                  Hook.entry(LIBRARY + "Home", "only", "()V").onlyFor(Number.class)),
          ClientAdaptersTest.class.getClassLoader(),
          Nothing.INSTANCE);

  @Test
  void eachApplicationHasAnAdapterOfItsOwn() throws Throwable {
    Application one = new Application();
    Application two = new Application();
    Object adapter = enter(one.home(), null);
    assertThat(adapter).isNotNull();
    assertThat(enter(one.home(), null)).isSameAs(adapter);
    assertThat(enter(two.home(), null)).isNotSameAs(adapter);
    assertThat(adapter.getClass().getClassLoader()).isInstanceOf(AdapterLoader.class);
  }

  @Test
  void adapterSeesTheApplicationsLibrary() throws Throwable {
    Application application = new Application();
    assertThat(enter(application.home(), "library")).isSameAs(application.home());
  }

  @Test
  void hookedClassesOfAClientShareTheAdapter() throws Throwable {
    Application application = new Application();
    assertThat(adapters.enter(1, application.part(), null, null, null, null))
        .isSameAs(enter(application.home(), null));
  }

  @Test
  void hookForOneTypeIsNotAskedForOthers() throws Throwable {
    Application application = new Application();
    assertThat(adapters.enter(2, application.home(), null, "text", null, null)).isNull();
    assertThat(adapters.enter(2, application.home(), null, 1, null, null)).isNotNull();
  }

  @Test
  void versionThatDoesNotLinkIsOffThereAndNowhereElse() throws Throwable {
    Application old = new Application();
    old.setting("BROKEN").set("too old");
    assertThat(enter(old.home(), null)).isNull();
    assertThat(enter(old.home(), null)).isNull();
    assertThat(enter(new Application().home(), null)).isNotNull();
  }

  @Test
  void linkageErrorWhileItRunsSwitchesOff() throws Throwable {
    Application application = new Application();
    assertThat(enter(application.home(), null)).isNotNull();
    assertThat(enter(application.home(), new NoSuchFieldError("gone"))).isNull();
    assertThat(enter(application.home(), null)).isNull();
  }

  @Test
  void linkageErrorOfTheRealCallPasses() throws Throwable {
    Application application = new Application();
    NoClassDefFoundError missing = new NoClassDefFoundError("application.Missing");
    assertThatThrownBy(() -> enter(application.home(), RealFault.of(missing))).isSameAs(missing);
    assertThat(enter(application.home(), null)).isNotNull();
  }

  @Test
  void realCallsExceptionPasses() throws Throwable {
    Application application = new Application();
    assertThatThrownBy(() -> enter(application.home(), new IOException("the real call's")))
        .isInstanceOf(IOException.class);
    assertThat(enter(application.home(), null)).isNotNull();
  }

  @Test
  void useWhileTheAdapterIsMadeChangesNothing() throws Throwable {
    Application application = new Application();
    List<@Nullable Object> nested = new ArrayList<>();
    application.<Runnable>setting("MEANWHILE").set(() -> nested.add(quietly(application)));
    assertThat(enter(application.home(), null)).isNotNull();
    assertThat(nested).containsExactly((Object) null);
  }

  @Test
  void applicationsThatAreGoneLeaveNothingBehind() throws Throwable {
    List<WeakReference<Object>> gone = new ArrayList<>();
    for (int i = 0; i < MANY; i++)
      gone.add(new WeakReference<>(enter(new Application().home(), null)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (left(gone) > 0 && System.nanoTime() < deadline) System.gc();
    assertThat(left(gone)).isZero();
  }

  private static long left(List<WeakReference<Object>> adapters) {
    return adapters.stream().filter(adapter -> adapter.get() != null).count();
  }

  private @Nullable Object quietly(Application application) {
    try {
      return enter(application.home(), null);
    } catch (Throwable e) {
      return e;
    }
  }

  private @Nullable Object enter(Class<?> hooked, @Nullable Object a) throws Throwable {
    return adapters.enter(0, hooked, null, a, null, null);
  }
}
