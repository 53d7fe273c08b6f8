package dev.latchkey.agent.bench.app;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The tiny web application that calls OkHttp in its first request. */
public final class AskServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Request ask = new Request.Builder().url(System.getProperty("bench.url")).build();
    try (Response answer = new OkHttpClient().newCall(ask).execute()) {
      response.getWriter().println(answer.body().string());
    }
  }
}
