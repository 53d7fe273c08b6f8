package dev.latchkey.sample.demo;

import java.io.IOException;

/** Sends what a form of ours would not. */
final class Forge {
  private Forge() {}

  static Page post(Browser browser, String path, String form) throws IOException {
    return browser.exchange("POST", path, form);
  }

  /** The token of the front page's form. */
  static String token(Browser browser) throws IOException {
    return browser.open("/").token();
  }
}
