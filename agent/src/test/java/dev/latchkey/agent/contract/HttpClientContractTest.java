package dev.latchkey.agent.contract;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract with the agent in this JVM. */
@ParameterizedClass(name = "{0}")
@MethodSource("subjects")
final class HttpClientContractTest extends HttpClientContract {
  HttpClientContractTest(Subject subject) {
    super(subject);
  }

  static java.util.stream.Stream<Subject> subjects() {
    return Subject.all();
  }

  @Override
  Lab open(Subject subject) throws Exception {
    return new InProcessLab(subject);
  }

  @Override
  Way way() {
    return Way.inProcess();
  }
}
