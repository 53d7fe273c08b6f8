package dev.latchkey.sample.webapp;

import dev.latchkey.sample.webapp.client.HttpCaller;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** The front page: the question form and the session's history. */
public final class AskServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String CLIENT = "client";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    show(request, response, "");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Application.Parts parts = Application.of(getServletContext());
    String question = Parameters.text(request, "question");
    Optional<HttpCaller> caller = parts.callers.named(Parameters.text(request, CLIENT));
    if (!FormToken.isIn(request)) {
      refuse(request, response, "This form has expired. Please ask again.");
    } else if (!Questions.isFine(question) || !caller.isPresent()) {
      refuse(request, response, Questions.RULE);
    } else {
      request.getSession().setAttribute(CLIENT, Parameters.text(request, CLIENT));
      History.of(request.getSession()).add(parts.assistant.ask(question, caller.get()));
      Parameters.seeOther(request, response, "/");
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, String fault)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    show(request, response, fault);
  }

  private void show(HttpServletRequest request, HttpServletResponse response, String fault)
      throws IOException {
    Pages pages = Application.of(getServletContext()).pages;
    HttpSession session = request.getSession();
    Map<String, String> values = new HashMap<>();
    values.put("root", request.getContextPath());
    values.put("csrf", FormToken.of(session));
    values.put("user", String.valueOf(Login.user(request)));
    values.put("key", key(pages, KeyNote.of(session.getAttribute(KeyNote.ATTRIBUTE)).values()));
    values.put("longest", Integer.toString(Questions.LONGEST));
    values.put("fault", fault.isEmpty() ? "" : pages.fill("fault", fault(fault)));
    values.put("clients", clients(pages, (String) session.getAttribute(CLIENT)));
    values.put("history", history(pages, History.of(session)));
    pages.send("ask", values, response);
  }

  private static String key(Pages pages, Map<String, String> note) throws IOException {
    return note.isEmpty() ? "" : pages.fill("key", note);
  }

  private static Map<String, String> fault(String fault) {
    return Collections.singletonMap("text", fault);
  }

  private String clients(Pages pages, String chosen) throws IOException {
    StringBuilder html = new StringBuilder();
    Map<String, HttpCaller> all = Application.of(getServletContext()).callers.all();
    for (Map.Entry<String, HttpCaller> caller : all.entrySet()) {
      Map<String, String> values = new HashMap<>();
      values.put("name", caller.getKey());
      values.put("label", caller.getValue().label());
      values.put("selected", caller.getKey().equals(chosen) ? " selected" : "");
      html.append(pages.fill("client", values));
    }
    return html.toString();
  }

  private static String history(Pages pages, History history) throws IOException {
    StringBuilder html = new StringBuilder();
    for (Reply reply : history.newestFirst()) {
      Map<String, String> values = new HashMap<>();
      values.put("question", reply.question());
      values.put("text", reply.text());
      values.put("label", reply.client());
      values.put("kind", reply.ok() ? "answer" : "error");
      values.put("outcome", Questions.outcome(reply));
      html.append(pages.fill("reply", values));
    }
    return html.length() == 0 ? pages.fill("no-replies", Collections.emptyMap()) : html.toString();
  }
}
