package dev.latchkey.agent.contract.driver;

import java.io.InputStream;

/** A body of an application that lacks a class; says how often it was asked. */
final class BrokenStream extends InputStream {
  private int asked;

  @Override
  public int read() {
    throw new NoClassDefFoundError("application.Missing, asked " + ++asked);
  }
}
