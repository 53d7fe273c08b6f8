package dev.latchkey.sample.webapp;

import dev.latchkey.sample.webapp.client.HttpCallers;
import java.io.IOException;
import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/** Opens what all requests share when the application starts, and closes it when it stops. */
public final class Application implements ServletContextListener {
  private static final String ATTRIBUTE = Application.class.getName();

  private @Nullable Parts parts;

  /** What the servlets use. */
  static final class Parts {
    final Users users;
    final Assistant assistant;
    final HttpCallers callers;
    final Pages pages;

    Parts(ServletContext context) throws IOException {
      users = Users.load(context);
      assistant = new Assistant(Settings.load(context));
      callers = HttpCallers.create();
      pages = new Pages(context);
    }
  }

  static Parts of(ServletContext context) {
    return (Parts) context.getAttribute(ATTRIBUTE);
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Parts opened = new Parts(event.getServletContext());
      event.getServletContext().setAttribute(ATTRIBUTE, opened);
      parts = opened;
    } catch (IOException e) {
      throw new IllegalStateException("the application cannot start: " + e.getMessage(), e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    try {
      if (parts != null) parts.callers.close();
    } catch (IOException e) {
      event.getServletContext().log("an HTTP client did not close", e);
    }
  }
}
