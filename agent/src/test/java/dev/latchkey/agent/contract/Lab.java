package dev.latchkey.agent.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a client is put under the contract: with the agent in this JVM or in a forked one. */
interface Lab extends AutoCloseable {
  /** A client with the agent in it. */
  ClientDriver driver(Settings settings) throws Exception;

  /** A client whose calls are those of a disabled owner, at every origin. */
  ClientDriver disabled(Settings settings, boolean refused) throws Exception;

  /** What the same client does without the agent. */
  Answer bare(Settings settings, Call call) throws Exception;

  /** A provider whose key travels like this. */
  Origin origin(Origin.By by);

  /** A provider behind https whose key travels in a header. */
  Origin secure();

  /** The front door, where it is one that can be told to fail; null for the real one. */
  @Nullable ScriptedCalls scripted();

  /** What is left over after a test and should not be; must be called once a test. */
  List<String> leftovers() throws Exception;

  @Override
  void close() throws Exception;
}
