package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two calls of the real provider that the live demo needs itself. */
final class OpenRouter {
  static final String BASE_URL = "https://openrouter.ai/api/v1";
  private static final String REFUSED =
      "OpenRouter refused the key in "
          + LiveStory.VARIABLE
          + " (401): it must be a provisioning key, which openrouter.ai makes in its settings; a key"
          + " for chats can't make keys";
  private static final int TIMEOUT_MILLIS = 20_000;

  private final String provisioningKey;

  OpenRouter(String provisioningKey) {
    this.provisioningKey = provisioningKey;
  }

  /** The hashes of the account's newest 100 keys whose name begins so. */
  Set<String> keysNamed(String prefix) throws IOException {
    Set<String> hashes = new LinkedHashSet<>();
    Object data = Json.readObject(call("GET", "/keys?include_disabled=true")).get("data");
    for (Object key : (List<?>) java.util.Objects.requireNonNull(data)) {
      Map<?, ?> properties = (Map<?, ?>) key;
      if (String.valueOf(properties.get("name")).startsWith(prefix)) {
        hashes.add(String.valueOf(properties.get("hash")));
      }
    }
    return hashes;
  }

  void delete(String hash) throws IOException {
    call("DELETE", "/keys/" + hash);
  }

  private String call(String method, String path) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(BASE_URL + path).openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + provisioningKey);
    int status = status(connection);
    if (status == 401) throw new IOException(REFUSED);
    if (status != 200) throw new IOException(method + " " + path + " was answered " + status);
    try (InputStream in = connection.getInputStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  private static int status(HttpURLConnection connection) throws IOException {
    try {
      return connection.getResponseCode();
    } catch (IOException e) {
      String how =
          "; behind a proxy, put -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT before -jar";
      throw new IOException(BASE_URL + " cannot be reached (" + e + ")" + how, e);
    }
  }
}
