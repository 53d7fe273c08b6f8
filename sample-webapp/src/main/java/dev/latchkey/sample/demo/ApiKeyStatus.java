package dev.latchkey.sample.demo;

/** What a script reads in the answer to its login. */
final class ApiKeyStatus {
  private ApiKeyStatus() {}

  /** The application's own {@code user}, and behind it what the filter added. */
  static String answer(String user, String source) {
    return "{\"user\":\""
        + user
        + "\",\"api_key_status\":{\"has_key\":true,\"source\":\""
        + source
        + "\",\"synced\":true}}";
  }
}
