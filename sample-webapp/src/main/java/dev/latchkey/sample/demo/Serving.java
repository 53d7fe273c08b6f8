package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.ProvisioningTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** Leaves the application running after the story, and takes orders for the provider. */
final class Serving {
  private final Stage stage;

  private Serving(Stage stage) {
    this.stage = stage;
  }

  static Serving of(Stage stage) {
    return new Serving(stage);
  }

  /** Returns when {@code quit} is typed; Ctrl-C ends the process as usual. */
  void untilEnded() throws IOException, InterruptedException {
    stage.restart();
    stage.events().echo();
    System.out.println();
    System.out.println("The application is running: " + stage.app().url() + "/");
    System.out.println("Log in as ada (analytical), grace (compiler) or alan (enigma).");
    System.out.println("Type expire, revoke, down, up or quit and Enter; Ctrl-C ends it as well.");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.trim().equals("quit")) return;
      System.out.println("   " + obey(order.trim()));
    }
    Thread.currentThread().join(); // Started without a terminal: only a signal ends it.
  }

  private String obey(String order) {
    switch (order) {
      case "expire":
        stage.simulator().expireAll();
        return "Every key has expired.";
      case "revoke":
        stage.simulator().revokeAll();
        return "Every key is deleted.";
      case "down":
        stage.simulator().provisioning(ProvisioningTrouble.SERVER_ERROR);
        return "The provider makes no new keys.";
      case "up":
        stage.simulator().provisioning(ProvisioningTrouble.NONE);
        return "The provider makes new keys.";
      default:
        return "expire, revoke, down, up or quit";
    }
  }
}
