package dev.latchkey.sample.demo;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A script that uses the application's JSON calls and keeps its cookie. */
final class JsonScript {
  private final OkHttpClient client = new OkHttpClient();
  private final String root;
  private String cookie = "none=";

  JsonScript(String root) {
    this.root = root;
  }

  /** Status and body. */
  String post(String path, String json) throws IOException {
    return send(path, RequestBody.create(MediaType.get("application/json"), json));
  }

  String postForm(String path) throws IOException {
    return send(
        path, RequestBody.create(MediaType.get("application/x-www-form-urlencoded"), "name=ada"));
  }

  private String send(String path, RequestBody body) throws IOException {
    Request request =
        new Request.Builder().url(root + path).header("Cookie", cookie).post(body).build();
    try (Response response = client.newCall(request).execute()) {
      String set = response.header("Set-Cookie");
      if (set != null) cookie = set.split(";")[0];
      return response.code() + " " + response.body().string();
    }
  }
}
