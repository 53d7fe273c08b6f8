package dev.latchkey.agent.forked.carry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Tries every kind of executor. */
public final class CarryApp {
  private CarryApp() {}

  /** The argument is a managed URL where nobody answers: a call of it waits for the settings. */
  public static void main(String[] args) throws Exception {
    try {
      ((HttpURLConnection) new URL(args[0]).openConnection()).getResponseCode();
    } catch (IOException nobodyAnswers) {
      // As expected.
    }
    PoolWork.tryAll();
    QueueWork.tryAll();
    ForkJoinWork.tryAll();
    StageWork.tryAll();
    ThreadWork.tryAll();
    System.exit(0);
  }
}
