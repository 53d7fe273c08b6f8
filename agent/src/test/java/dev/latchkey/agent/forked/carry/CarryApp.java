package dev.latchkey.agent.forked.carry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Tries every kind of executor. */
public final class CarryApp {
  private CarryApp() {}

  /** The argument is a managed URL where nobody answers: a call of it waits for the settings. */
  public static void main(String[] args) throws Exception {
    PoolWork.startEarly();
    awaitSettings(args[0]);
    PoolWork.tryAll();
    QueueWork.tryAll();
    ForkJoinWork.tryAll();
    StageWork.tryAll();
    ThreadWork.tryAll();
    System.exit(0);
  }

  static void awaitSettings(String url) throws IOException {
    try {
      ((HttpURLConnection) new URL(url).openConnection()).getResponseCode();
    } catch (ConnectException nobodyAnswers) {
      // As expected.
    }
  }
}
