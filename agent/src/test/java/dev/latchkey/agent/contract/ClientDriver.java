package dev.latchkey.agent.contract;

/**
 * One HTTP client as an application uses it, in JDK types only. An implementation has a public
 * constructor that takes {@link Settings}, is written against the oldest supported version and
 * knows nothing of Latchkey. Safe for use by many threads.
 */
public interface ClientDriver extends AutoCloseable {

  /** Sends and reads the whole answer. Exceptions are the client's own. */
  Answer send(Call call) throws Exception;

  /** Starts a call: by the client's asynchronous API if it has one, else on a thread of its own. */
  Running start(Call call);

  /** Sends and returns as soon as the answer's head is there. */
  Streaming open(Call call) throws Exception;

  /** How many connections are lent out; -1 where the client does not tell. */
  int leased();

  @Override
  void close() throws Exception;

  /** A call that is under way. */
  interface Running {
    /** Waits for the answer; exceptions are the client's own. */
    Answer join() throws Exception;

    /** Whether it has ended. */
    boolean done();

    /** Cancels as an application would. */
    void cancel();
  }

  /** An answer whose body is still coming. */
  interface Streaming extends AutoCloseable {
    /** The status. */
    int status();

    /** Waits for more of the body; empty at its end. */
    byte[] read() throws Exception;

    @Override
    void close() throws Exception;
  }
}
