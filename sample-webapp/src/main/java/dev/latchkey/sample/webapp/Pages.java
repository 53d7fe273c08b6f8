package dev.latchkey.sample.webapp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.ServletContext;
import javax.servlet.http.HttpServletResponse;

/**
 * The HTML under {@code WEB-INF/pages}: <code>{{name}}</code> is replaced with the escaped value,
 * <code>{{{name}}}</code> with HTML made by another page. Thread-safe.
 */
final class Pages {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\{)?(\\w+)}}}?");

  private final ServletContext context;
  private final Map<String, String> templates = new ConcurrentHashMap<>();

  Pages(ServletContext context) {
    this.context = context;
  }

  /** Sends a page as the whole response. */
  void send(String page, Map<String, String> values, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html; charset=UTF-8");
    response.getWriter().write(fill(page, values));
  }

  /**
   * Fills a page's holes.
   *
   * @throws IllegalArgumentException if a hole has no value
   */
  String fill(String page, Map<String, String> values) throws IOException {
    Matcher hole = HOLE.matcher(template(page));
    StringBuffer html = new StringBuffer();
    while (hole.find()) {
      String value = values.get(hole.group(2));
      if (value == null) throw new IllegalArgumentException(page + ": no " + hole.group(2));
      String filling = hole.group(1) == null ? escape(value) : value;
      hole.appendReplacement(html, Matcher.quoteReplacement(filling));
    }
    return hole.appendTail(html).toString();
  }

  /** Text that is safe between tags and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private String template(String page) throws IOException {
    String known = templates.get(page);
    if (known != null) return known;
    try (InputStream in = context.getResourceAsStream("/WEB-INF/pages/" + page + ".html")) {
      if (in == null) throw new IOException("page missing from the application: " + page);
      String read = read(in);
      templates.put(page, read);
      return read;
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }
}
