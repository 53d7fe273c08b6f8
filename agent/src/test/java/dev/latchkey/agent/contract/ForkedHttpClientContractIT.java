package dev.latchkey.agent.contract;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract with the packaged agent in JVMs of their own: every client on the Java that runs the
 * build, and the newest version of each on every other that a {@code JAVA_HOME_n} points to.
 */
@ParameterizedClass(name = "{0} on {1}")
@MethodSource("subjects")
final class ForkedHttpClientContractIT extends HttpClientContract {
  private final String javaHome;

  ForkedHttpClientContractIT(Subject subject, String javaHome) {
    super(subject);
    this.javaHome = javaHome;
  }

  static Stream<Arguments> subjects() {
    String own = System.getProperty("java.home");
    Stream<Arguments> here = Subject.all().map(subject -> Arguments.of(subject, own));
    return Stream.concat(here, javaHomes().flatMap(ForkedHttpClientContractIT::newest));
  }

  @AfterAll
  static void end() throws Exception {
    ForkedLab.end();
  }

  @Override
  Lab open(Subject subject) throws Exception {
    return ForkedLab.next(subject, javaHome);
  }

  @Override
  String way() {
    return "packaged, " + new java.io.File(javaHome).getName();
  }

  private static Stream<Arguments> newest(String javaHome) {
    boolean java8 = isJava8(javaHome);
    return Subject.newest()
        .filter(subject -> !java8 || !subject.name().equals(Subject.JDK_CLIENT))
        .map(subject -> Arguments.of(subject, javaHome));
  }

  private static boolean isJava8(String javaHome) {
    return new java.io.File(javaHome, "jre/lib/rt.jar").exists()
        || new java.io.File(javaHome, "lib/rt.jar").exists();
  }

  private static Stream<String> javaHomes() {
    return System.getenv().entrySet().stream()
        .filter(each -> each.getKey().matches("JAVA_HOME_\\d+"))
        .map(Map.Entry::getValue)
        .filter(home -> new java.io.File(home, "bin/java").canExecute())
        .sorted();
  }
}
