package dev.latchkey.agent.system.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks a question through one of the HTTP clients, as somebody else's code does. */
abstract class Shopping {
  private static final String BODY = "{\"model\":\"m\",\"messages\":[]}";

  private Shopping() {}

  static Shopping with(String client) {
    if (client.equals("okhttp")) return Holder.OKHTTP;
    return client.equals("careless") ? new Careless() : new UrlConnection();
  }

  /** The status, a blank and the body. */
  abstract String ask(String url) throws IOException;

  private static final class UrlConnection extends Shopping {
    @Override
    String ask(String url) throws IOException {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      connection.setConnectTimeout(60_000);
      connection.setReadTimeout(60_000);
      connection.setRequestProperty("Authorization", "Bearer " + ShopApp.PLACEHOLDER);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(BODY.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      return status + " " + (in == null ? "" : read(in));
    }

    private static String read(InputStream in) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      try (InputStream source = in) {
        for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) body.write(buffer, 0, n);
      }
      return body.toString("UTF-8");
    }
  }

  /** Looks at no status, and tells everything about its connection when something is wrong. */
  private static final class Careless extends Shopping {
    @Override
    String ask(String url) throws IOException {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      connection.setReadTimeout(60_000);
      try {
        return "200 " + UrlConnection.read(connection.getInputStream());
      } catch (IOException e) {
        throw new IOException(
            connection + " to " + connection.getURL() + " said " + connection.getHeaderFields(), e);
      }
    }
  }

  /** Apart, so that an application that does not use OkHttp does not load it. */
  private static final class Holder {
    static final Shopping OKHTTP = new OkHttp();
  }

  private static final class OkHttp extends Shopping {
    private final OkHttpClient client =
        new OkHttpClient.Builder().readTimeout(60, TimeUnit.SECONDS).build();

    @Override
    @SuppressWarnings("deprecation") // This order of arguments is the one that every OkHttp has.
    String ask(String url) throws IOException {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Authorization", "Bearer " + ShopApp.PLACEHOLDER)
              .post(RequestBody.create(MediaType.parse("application/json"), BODY))
              .build();
      try (Response response = client.newCall(request).execute()) {
        return response.code() + " " + response.body().string();
      }
    }
  }
}
