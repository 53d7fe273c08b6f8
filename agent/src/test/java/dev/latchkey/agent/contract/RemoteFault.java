package dev.latchkey.agent.contract;

/** An exception of a client in another JVM. */
public final class RemoteFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String type;
  private final String told;

  private RemoteFault(String type, String message, String told) {
    super(message);
    this.type = type;
    this.told = told;
  }

  /** What can travel of an exception. */
  static RemoteFault of(Throwable fault) {
    return new RemoteFault(fault.getClass().getName(), "" + fault.getMessage(), Faults.told(fault));
  }

  /** The class's name. */
  String type() {
    return type;
  }

  @Override
  public String toString() {
    return "in the other JVM: " + told;
  }

  /** All it said. */
  String told() {
    return told;
  }
}
