package dev.latchkey.agent.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract with the packaged agent in a JVM of its own: every client on the build's Java. */
@ParameterizedClass(name = "{0}")
@MethodSource("subjects")
final class ForkedHttpClientContractIT extends HttpClientContract {
  private static final ForkedLabs LABS = new ForkedLabs();
  private static final String JAVA_HOME = System.getProperty("java.home");

  ForkedHttpClientContractIT(Subject subject) {
    super(subject);
  }

  static Stream<Subject> subjects() {
    return Subject.all();
  }

  @AfterAll
  static void end() throws Exception {
    LABS.end();
  }

  @Override
  Lab open(Subject subject) throws Exception {
    return LABS.next(subject, JAVA_HOME);
  }

  @Override
  Way way() {
    return Way.packaged();
  }
}
