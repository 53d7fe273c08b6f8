package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final String variable;

  OtherJavasHttpClientContractIT(Subject subject, String variable) {
    super(subject);
    this.variable = variable;
  }

  static Stream<Arguments> subjects() {
    List<String> javas = variables().collect(Collectors.toList());
    return javas.stream().flatMap(java -> newest(java, isInBetween(java, javas)));
  }

  private static boolean isInBetween(String java, List<String> javas) {
    return !java.equals(javas.get(0)) && !java.equals(javas.get(javas.size() - 1));
  }

  @AfterAll
  static void end() throws Exception {
    LABS.end();
  }

  @Override
  Lab open(Subject subject) throws Exception {
    return LABS.next(subject, System.getenv(variable));
  }

  @Override
  Way way() {
    return Way.packagedOn(variable);
  }

  private static Stream<Arguments> newest(String java, boolean inBetween) {
    boolean java8 = Way.packagedOn(java).java() == 8;
    return Subject.newest()
        .filter(subject -> !inBetween || !subject.name().startsWith("httpclient"))
        .filter(subject -> !java8 || !subject.name().equals(Subject.JDK_CLIENT))
        .map(subject -> Arguments.of(subject, java));
  }

  /** The README's table says which Javas it was. */
  private static void isWhatItsNameSays(String variable, String home) {
    assertThat(version(home))
        .as(variable)
        .containsPattern("version \"(1\\.)?" + Way.packagedOn(variable).java() + "\\b");
  }

  private static String version(String home) {
    try {
      Process java = new ProcessBuilder(home + "/bin/java", "-version").start();
      java.getOutputStream().close();
      return Bytes.text(Bytes.all(java.getErrorStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> variables() {
    return System.getenv().entrySet().stream()
        .filter(each -> each.getKey().matches("JAVA_HOME_\\d+"))
        .filter(each -> new File(each.getValue(), "bin/java").canExecute())
        .peek(each -> isWhatItsNameSays(each.getKey(), each.getValue()))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(variable -> Way.packagedOn(variable).java()));
  }
}
