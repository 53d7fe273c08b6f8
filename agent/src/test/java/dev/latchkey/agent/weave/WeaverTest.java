package dev.latchkey.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WeaverTest {
  private static final int OLDEST = 49; // Java 5: httpclient 4.3
  private static final int NEWEST = 69; // Java 25

  private final List<Object[]> calls = new ArrayList<>();

  static IntStream versions() {
    return IntStream.rangeClosed(OLDEST, NEWEST);
  }

  static IntStream loadable() {
    int own =
        44 + Integer.parseInt(System.getProperty("java.specification.version").replace("1.", ""));
    return IntStream.rangeClosed(OLDEST, Math.min(NEWEST, own));
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void entrySeesArgumentsBeforeTheConstructorRuns(int version) throws Exception {
    Class<?> woven =
        woven(version, Hook.entry(Library.TYPE, "<init>", "(Ljava/lang/String;)V"), call -> "x");
    Object client = woven.getConstructor(String.class).newInstance("name");
    assertThat(woven.getField("name").get(client)).isEqualTo("name");
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0)).containsExactly(0, woven, null, "name", null, null);
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void aroundReplacesTheResultOrLetsTheMethodRun(int version) throws Exception {
    Class<?> woven =
        woven(
            version,
            Hook.around(Library.TYPE, "send", Library.SEND),
            call -> "mine".equals(call[3]) ? "instead" : null);
    Object client = woven.getConstructor(String.class).newInstance("name");
    assertThat(send(woven, client, "mine", 0)).isEqualTo("instead");
    assertThat(send(woven, client, "first", 0)).isEqualTo("first");
    assertThat(send(woven, client, "first", 1)).isEqualTo("second");
    assertThat(calls.get(0)).containsExactly(0, woven, client, "mine", "second", null);
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void aroundPassesTheRealCallsException(int version) throws Exception {
    Class<?> woven =
        woven(
            version,
            Hook.around(Library.TYPE, "send", Library.SEND),
            call -> {
              throw new IllegalStateException("the real call's");
            });
    Object client = woven.getConstructor(String.class).newInstance("name");
    assertThatThrownBy(() -> send(woven, client, "a", 0)).hasRootCauseMessage("the real call's");
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void exitSeesAndReplacesEveryReturn(int version) throws Exception {
    Class<?> woven =
        woven(
            version,
            Hook.exit(Library.TYPE, "find", Library.ONE),
            call -> "nothing".equals(call[3]) ? "something" : null);
    assertThat(find(woven, null)).isEqualTo("something");
    assertThat(find(woven, "a")).isEqualTo("a");
    assertThat(calls.get(1)).containsExactly(0, woven, null, "a", "a", null);
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void exitThatFailsChangesNothing(int version) throws Exception {
    Class<?> woven =
        woven(
            version,
            Hook.exit(Library.TYPE, "find", Library.ONE),
            call -> {
              throw new IllegalStateException("ours");
            });
    assertThat(find(woven, "a")).isEqualTo("a");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyClassVersionIsWovenAndKeepsIt(int version) {
    byte[] woven =
        weaver(Hook.around(Library.TYPE, "send", Library.SEND))
            .weave(Library.TYPE, Library.ofVersion(version));
    assertThat(woven).isNotNull();
    assertThat(new ClassReader(woven).readShort(6)).isEqualTo((short) version);
  }

  @Test
  void wovenClassIsNotWovenAgain() {
    Weaver weaver = weaver(Hook.around(Library.TYPE, "send", Library.SEND));
    byte[] once = weaver.weave(Library.TYPE, Library.ofVersion(52));
    assertThat(weaver.weave(Library.TYPE, once)).isNull();
  }

  @Test
  void classWithoutTheMethodIsLeftAsItIs() {
    Weaver weaver = weaver(Hook.around(Library.TYPE, "sent", Library.SEND));
    assertThat(weaver.weave(Library.TYPE, Library.ofVersion(52))).isNull();
  }

  @Test
  void exitOfAMethodThatReusesItsParametersIsNotWoven() {
    Weaver weaver = weaver(Hook.exit(Library.TYPE, "reuse", Library.ONE));
    assertThat(weaver.weave(Library.TYPE, Library.ofVersion(52))).isNull();
  }

  @Test
  void numbersTellClientsAndHooksApart() throws Exception {
    ClientHooks other =
        ClientHooks.of("other", "a.B").withHooks(Hook.entry("other/Type", "a", "()V"));
    ClientHooks library =
        ClientHooks.of("library", "a.B")
            .withHooks(
                Hook.entry(Library.TYPE, "<init>", "(Ljava/lang/String;)V"),
                Hook.exit(Library.TYPE, "find", Library.ONE));
    Weaver weaver = Weaver.create(java.util.Arrays.asList(other, library));
    Class<?> woven = home(weaver.weave(Library.TYPE, Library.ofVersion(52)), call -> null);
    find(woven, "a");
    assertThat(calls.get(0)[0]).isEqualTo(17);
  }

  private Class<?> woven(int version, Hook hook, Function<Object[], @Nullable Object> answer)
      throws Exception {
    return home(weaver(hook).weave(Library.TYPE, Library.ofVersion(version)), answer);
  }

  private Class<?> home(byte[] woven, Function<Object[], @Nullable Object> answer)
      throws Exception {
    WovenHome home = new WovenHome();
    Class.forName(Recorder.class.getName(), true, home)
        .getMethod("install", List.class, Function.class)
        .invoke(null, calls, answer);
    return home.define(Library.NAME, woven);
  }

  private static Weaver weaver(Hook hook) {
    return Weaver.create(
        Collections.singletonList(ClientHooks.of("library", "a.B").withHooks(hook)));
  }

  private static Object send(Class<?> woven, Object client, String first, long number)
      throws Exception {
    return woven
        .getMethod("send", String.class, long.class, String.class)
        .invoke(client, first, number, "second");
  }

  private static Object find(Class<?> woven, @Nullable String what) throws Exception {
    return woven.getMethod("find", String.class).invoke(null, what);
  }
}
