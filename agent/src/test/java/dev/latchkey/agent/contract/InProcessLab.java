package dev.latchkey.agent.contract;

import dev.latchkey.agent.engine.InProcessAgent;
import java.util.List;

/** The agent's weaver and adapters in this JVM, with a front door that can be told to fail. */
final class InProcessLab implements Lab {
  private static final Switch DOOR = new Switch();

  private final Subject subject;
  private final DriverLoader loader;
  private final Origin header = Origin.http(Origin.By.HEADER);
  private final Origin query = Origin.http(Origin.By.QUERY);
  private final Origin secure = Origin.https(Origin.By.HEADER);
  private final ScriptedCalls calls = new ScriptedCalls(header, query, secure);

  InProcessLab(Subject subject) throws Exception {
    this.subject = subject;
    InProcessAgent.install(DOOR);
    this.loader = DriverLoader.of(subject);
    DOOR.to(calls);
  }

  @Override
  public ClientDriver driver(Settings settings) throws Exception {
    return loader.driver(subject.driver(), settings);
  }

  @Override
  public ClientDriver disabled(Settings settings, boolean refused) throws Exception {
    calls.disable(refused);
    return driver(settings);
  }

  @Override
  public Answer bare(Settings settings, Call call) throws Exception {
    DOOR.to(null);
    try (ClientDriver driver = driver(settings)) {
      return driver.send(call);
    } finally {
      DOOR.to(calls);
    }
  }

  @Override
  public Origin origin(Origin.By by) {
    return by == Origin.By.HEADER ? header : query;
  }

  @Override
  public Origin secure() {
    return secure;
  }

  @Override
  public ScriptedCalls scripted() {
    return calls;
  }

  @Override
  public List<String> leftovers() {
    return calls.leftovers();
  }

  @Override
  public void close() throws Exception {
    DOOR.to(null);
    header.close();
    query.close();
    secure.close();
    loader.close();
    calls.threads().shutdownNow();
  }
}
