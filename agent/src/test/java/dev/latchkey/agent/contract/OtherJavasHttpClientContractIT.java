package dev.latchkey.agent.contract;

import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract with the packaged agent in JVMs of other Javas, those that a {@code JAVA_HOME_n}
 * points to: the newest version of each client on the oldest and the newest of them, and on those
 * in between the JDK's own clients and OkHttp. What is in between differs from its neighbours in
 * the JDK's classes; the way into a library's classes is the same from Java 9 on, and OkHttp's uses
 * all of it.
 */
@ParameterizedClass(name = "{0} on {1}", allowZeroInvocations = true)
@MethodSource("subjects")
final class OtherJavasHttpClientContractIT extends HttpClientContract {
  private static final ForkedLabs LABS = new ForkedLabs();

  private final String javaHome;

  OtherJavasHttpClientContractIT(Subject subject, String javaHome) {
    super(subject);
    this.javaHome = javaHome;
  }

  static Stream<Arguments> subjects() {
    List<String> homes = javaHomes().collect(Collectors.toList());
    return homes.stream().flatMap(home -> newest(home, isInBetween(home, homes)));
  }

  private static boolean isInBetween(String home, List<String> homes) {
    return !home.equals(homes.get(0)) && !home.equals(homes.get(homes.size() - 1));
  }

  @AfterAll
  static void end() throws Exception {
    LABS.end();
  }

  @Override
  Lab open(Subject subject) throws Exception {
    return LABS.next(subject, javaHome);
  }

  @Override
  String way() {
    return "packaged, " + new File(javaHome).getName();
  }

  private static Stream<Arguments> newest(String javaHome, boolean inBetween) {
    boolean java8 = isJava8(javaHome);
    return Subject.newest()
        .filter(subject -> !inBetween || !subject.name().startsWith("httpclient"))
        .filter(subject -> !java8 || !subject.name().equals(Subject.JDK_CLIENT))
        .map(subject -> Arguments.of(subject, javaHome));
  }

  private static boolean isJava8(String javaHome) {
    return new File(javaHome, "jre/lib/rt.jar").exists()
        || new File(javaHome, "lib/rt.jar").exists();
  }

  private static Stream<String> javaHomes() {
    return System.getenv().entrySet().stream()
        .filter(each -> each.getKey().matches("JAVA_HOME_\\d+"))
        .sorted(Comparator.comparing(each -> Integer.parseInt(each.getKey().substring(10))))
        .map(Map.Entry::getValue)
        .filter(home -> new File(home, "bin/java").canExecute());
  }
}
