package dev.latchkey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sun.tools.jps.Jps",
        "com.sun.tools.javac.Main -version",
        "sun.security.tools.keytool.Main -list",
        "jdk.jcmd/sun.tools.jps.Jps -l",
        "java.base/sun.security.tools.keytool.Main",
        "org.codehaus.plexus.classworlds.launcher.Launcher verify",
        "org.apache.catalina.startup.Bootstrap stop"
      })
  void toolsAreLeftAlone(String command) {
    assertThat(Host.isTool(command, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.catalina.startup.Bootstrap start",
        "app.jar",
        "com.example.jdk.Main",
        "com.example.Main stop",
        "org.springframework.boot.loader.JarLauncher"
      })
  void applicationsAreNot(String command) {
    assertThat(Host.isTool(command, null)).isFalse();
    assertThat(Host.isTool(command, "com.example.app")).isFalse();
  }

  @Test
  void toolsAreKnownByTheirModuleToo() {
    assertThat(Host.isTool(null, "jdk.jcmd")).isTrue();
    assertThat(Host.isTool(null, "java.base")).isTrue();
    assertThat(Host.isTool(null, null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0", "1.8.0_05", "1.8.0_31-b13", "1.7.0_80"})
  void oldUpdatesOfJava8AreRefused(String version) {
    assertThat(Host.isTooOld(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_40", "1.8.0_504", "11.0.24", "17", "25.0.3", "26-ea", ""})
  void othersAreNot(String version) {
    assertThat(Host.isTooOld(version)).isFalse();
  }

  @Test
  void argumentSwitchesOff() {
    assertThat(Host.isSwitchedOff("enabled=false")).isTrue();
    assertThat(Host.isSwitchedOff("config=/a/b.yaml,enabled=false")).isTrue();
    assertThat(Host.isSwitchedOff("config=/a/b.yaml")).isFalse();
    assertThat(Host.isSwitchedOff(null)).isFalse();
  }
}
