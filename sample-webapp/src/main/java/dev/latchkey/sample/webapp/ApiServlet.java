package dev.latchkey.sample.webapp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.latchkey.sample.webapp.client.HttpCaller;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * The same for scripts: {@code POST /api/login} and {@code POST /api/ask}, JSON in and out.
 *
 * <p>Only {@code application/json} is read: a form on another site cannot send that, so no token is
 * needed here.
 */
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_BODY = 64 * 1024;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String type = String.valueOf(request.getContentType());
    if (!type.startsWith("application/json") || request.getContentLength() > LONGEST_BODY) {
      send(response, 415, fault("application/json of at most 64 KiB expected"));
      return;
    }
    try {
      JsonObject body = JsonParser.parseReader(request.getReader()).getAsJsonObject();
      route(request, response, body);
    } catch (JsonParseException | IllegalStateException e) {
      send(response, 400, fault("a JSON object expected"));
    }
  }

  private void route(HttpServletRequest request, HttpServletResponse response, JsonObject body)
      throws IOException {
    String path = String.valueOf(request.getPathInfo());
    if (path.equals("/login")) {
      login(request, response, body);
    } else if (Login.user(request) == null) {
      send(response, 401, fault("log in first"));
    } else if (path.equals("/ask")) {
      ask(request, response, body);
    } else {
      send(response, 404, fault("no such call"));
    }
  }

  private void login(HttpServletRequest request, HttpServletResponse response, JsonObject body)
      throws IOException {
    String name = text(body, "name");
    if (!Application.of(getServletContext()).users.accepts(name, text(body, "password"))) {
      send(response, 401, fault("name or password is wrong"));
      return;
    }
    Login.accept(request, name);
    JsonObject answer = new JsonObject();
    answer.addProperty("user", name);
    send(response, 200, answer);
  }

  private void ask(HttpServletRequest request, HttpServletResponse response, JsonObject body)
      throws IOException {
    Application.Parts parts = Application.of(getServletContext());
    String question = text(body, "question");
    Optional<HttpCaller> caller = parts.callers.named(text(body, "client"));
    if (!Questions.isFine(question) || !caller.isPresent()) {
      send(response, 400, fault(Questions.RULE));
      return;
    }
    Reply reply = parts.assistant.ask(question, caller.get());
    History.of(request.getSession()).add(reply);
    JsonObject answer = new JsonObject();
    answer.addProperty("status", reply.status());
    answer.addProperty(reply.ok() ? "answer" : "error", reply.text());
    answer.addProperty("client", reply.client());
    send(response, 200, answer);
  }

  private static String text(JsonObject body, String name) {
    JsonElement value = body.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString().trim() : "";
  }

  private static JsonObject fault(String text) {
    JsonObject fault = new JsonObject();
    fault.addProperty("error", text);
    return fault;
  }

  private static void send(HttpServletResponse response, int status, JsonObject body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json; charset=UTF-8");
    response.getWriter().write(body.toString());
  }
}
