package dev.latchkey.agent.contract;

/** One way in which the contract is run. Immutable. */
final class Way {
  private final String text;
  private final int java;
  private final boolean everyVersion;

  private Way(String text, int java, boolean everyVersion) {
    this.text = text;
    this.java = java;
    this.everyVersion = everyVersion;
  }

  /** Every client, in this JVM. */
  static Way inProcess() {
    return new Way("in process, Java " + ofThisJvm(), ofThisJvm(), true);
  }

  /** Every client, in JVMs like this one with the packaged agent. */
  static Way packaged() {
    return new Way("packaged, Java " + ofThisJvm(), ofThisJvm(), true);
  }

  /** Some of the clients, with the packaged agent on the Java that this variable points to. */
  static Way packagedOn(String variable) {
    int java = Integer.parseInt(variable.substring(variable.lastIndexOf('_') + 1));
    return new Way("packaged, " + variable, java, false);
  }

  private static int ofThisJvm() {
    return Integer.parseInt(System.getProperty("java.specification.version"));
  }

  /** Which Java the clients run on, such as 17. */
  int java() {
    return java;
  }

  /** Whether each library is run in all its versions. */
  boolean everyVersion() {
    return everyVersion;
  }

  @Override
  public String toString() {
    return text;
  }
}
