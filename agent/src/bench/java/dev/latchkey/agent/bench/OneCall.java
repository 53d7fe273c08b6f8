package dev.latchkey.agent.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** An application that makes one call and ends. */
public final class OneCall {
  private OneCall() {}

  /** The URL; none: no call. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) return;
    HttpURLConnection connection = (HttpURLConnection) new URL(arguments[0]).openConnection();
    System.out.println("status " + connection.getResponseCode());
  }
}
