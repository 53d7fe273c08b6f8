package dev.latchkey.sample.simulator;

import java.io.IOException;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls the simulator with one key. */
final class Http {
  private static final OkHttpClient CLIENT = new OkHttpClient();

  private final String root;
  private final String key;

  Http(String root, String key) {
    this.root = root;
    this.key = key;
  }

  /** What came back. */
  static final class Got {
    final int status;
    final String type;
    final String generation;
    final String body;

    private Got(Response response) throws IOException {
      this.status = response.code();
      this.type = response.header("Content-Type");
      this.generation = response.header("X-Generation-Id");
      this.body = response.body().string();
    }

    Map<String, Object> json() {
      return Json.readObject(body);
    }

    @SuppressWarnings("unchecked") // an object's names are strings
    Map<String, Object> object(String name) {
      return (Map<String, Object>) json().get(name);
    }
  }

  Got chat(String question) throws IOException {
    return send(
        "POST",
        "/chat/completions",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}");
  }

  Got send(String method, String path, String body) throws IOException {
    Request request =
        new Request.Builder()
            .url(root + path)
            .header("Authorization", "Bearer " + key)
            .method(method, body == null ? null : RequestBody.create(null, body))
            .build();
    try (Response response = CLIENT.newCall(request).execute()) {
      return new Got(response);
    }
  }
}
