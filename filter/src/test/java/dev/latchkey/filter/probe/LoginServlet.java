package dev.latchkey.filter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Logs everybody in, and answers in one of the many ways in which applications answer. */
public final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String how = String.valueOf(request.getParameter("how"));
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      json(response, request);
      return;
    }
    if (how.equals("wrong")) {
      response.setStatus(401);
      text(response, "application/json", "{\"error\":\"name or password is wrong\"}");
      return;
    }
    accept(request, how);
    answer(request, response, how);
  }

  /** As applications do against session fixation: by hand or by the container. */
  private static void accept(HttpServletRequest request, String how) {
    HttpSession session = request.getSession();
    if (how.equals("new-session")) {
      session.invalidate();
      session = request.getSession(true);
    } else if (how.equals("new-id")) {
      request.changeSessionId();
    }
    session.setAttribute("user", request.getParameter("name"));
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response, String how)
      throws IOException, ServletException {
    switch (how) {
      case "stream":
        bytes(response, "application/json", body(request).getBytes(UTF_8), null);
        break;
      case "length":
        byte[] exact = body(request).getBytes(UTF_8);
        response.setContentLength(exact.length);
        bytes(response, "application/json;charset=UTF-8", exact, null);
        break;
      case "latin1":
        bytes(response, "application/json", body(request).getBytes("ISO-8859-1"), "ISO-8859-1");
        break;
      case "korean":
        bytes(response, "application/json", body(request).getBytes("EUC-KR"), "EUC-KR");
        break;
      case "utf16":
        bytes(response, "application/json", body(request).getBytes("UTF-16"), "UTF-16");
        break;
      case "gzip":
        response.setHeader("Content-Encoding", "gzip");
        bytes(response, "application/json", gzip(body(request)), null);
        break;
      case "flush":
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write("{\"user\":");
        response.flushBuffer();
        response.getWriter().write("\"" + request.getParameter("name") + "\"}");
        response.getWriter().close();
        break;
      case "forward":
        request.getRequestDispatcher("/in/forwarded").forward(request, response);
        break;
      case "async":
        async(request.startAsync(), false);
        break;
      case "async-own":
        async(request.startAsync(request, response), false);
        break;
      case "async-dispatch":
        async(request.startAsync(), true);
        break;
      case "async-late":
        AsyncContext late = request.startAsync();
        late.setTimeout(200);
        response.setContentType("application/json");
        response.getWriter().write("{\"half\":");
        break;
      case "array":
        text(response, "application/json", "[1, 2 ]");
        break;
      case "broken":
        text(response, "application/json", "{\"user\": oops");
        break;
      case "html":
        text(response, "text/html;charset=UTF-8", "<p>{\"user\":1}</p>");
        break;
      case "empty":
        response.setStatus(204);
        break;
      case "big":
        char[] much = new char[400_000];
        Arrays.fill(much, 'x');
        text(response, "application/json", "{\"much\":\"" + new String(much) + "\"}");
        break;
      case "huge":
        char[] part = new char[64 * 1024];
        Arrays.fill(part, 'x');
        response.setContentType("application/json");
        response.getWriter().write("{\"much\":\"");
        for (int i = 0; i < 50 * 16; i++) response.getWriter().write(part);
        response.getWriter().write("\"}");
        break;
      case "committed":
        response.flushBuffer();
        json(response, request);
        break;
      case "redirect":
        response.sendRedirect("status");
        break;
      case "error":
        response.getWriter().write("{\"half\":");
        response.sendError(500, "on purpose");
        break;
      case "throw":
        response.setContentType("application/json");
        response.getWriter().write("{\"half\":");
        throw new ServletException("thrown on purpose");
      default:
        json(response, request);
    }
  }

  private static void async(AsyncContext context, boolean dispatch) {
    new Thread(
            () -> {
              if (dispatch) {
                context.dispatch();
                return;
              }
              try {
                json(
                    (HttpServletResponse) context.getResponse(),
                    (HttpServletRequest) context.getRequest());
              } catch (IOException e) {
                context.getRequest().getServletContext().log("not written", e);
              }
              context.complete();
            })
        .start();
  }

  static void json(HttpServletResponse response, HttpServletRequest request) throws IOException {
    text(response, "application/json;charset=UTF-8", body(request));
  }

  private static String body(HttpServletRequest request) {
    return "{ \"user\": \"" + request.getParameter("name") + "\" }\n";
  }

  private static void text(HttpServletResponse response, String type, String text)
      throws IOException {
    response.setContentType(type);
    response.getWriter().write(text);
  }

  private static void bytes(
      HttpServletResponse response,
      String type,
      byte[] bytes,
      @org.jspecify.annotations.Nullable String charset)
      throws IOException {
    response.setContentType(type);
    if (charset != null) response.setCharacterEncoding(charset);
    ServletOutputStream out = response.getOutputStream();
    out.write(bytes, 0, 3);
    for (int i = 3; i < bytes.length; i++) out.write(bytes[i]);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
