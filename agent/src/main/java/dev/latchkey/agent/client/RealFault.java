package dev.latchkey.agent.client;

/**
 * Carries a {@link LinkageError} that the real call threw past those who would take it for a fault
 * of the adapter's and send the call again. Whoever stands next to the application unpacks it.
 */
public final class RealFault extends Error {
  /** The real call, or whatever runs once something was sent. */
  public interface Sending<R> {
    /** Sends. */
    R send() throws Exception;
  }

  private static final long serialVersionUID = 1;

  private final LinkageError fault;

  private RealFault(LinkageError fault) {
    super(null, null, false, false); // It never gets anywhere where it could be read.
    this.fault = fault;
  }

  /** A carrier for this fault. */
  public static RealFault of(LinkageError fault) {
    return new RealFault(fault);
  }

  /** Sends; a {@link LinkageError} out of that comes as a {@code RealFault}. */
  public static <R> R marked(Sending<R> real) throws Exception {
    try {
      return real.send();
    } catch (LinkageError fault) {
      throw of(fault);
    }
  }

  /** What the real call threw, for the application. */
  public LinkageError fault() {
    return fault;
  }
}
