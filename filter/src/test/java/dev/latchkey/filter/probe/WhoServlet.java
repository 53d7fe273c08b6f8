package dev.latchkey.filter.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says who is calling, in the several ways in which a request can run. */
public final class WhoServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String how = String.valueOf(request.getParameter("how"));
    if (request.getDispatcherType() == DispatcherType.ERROR
        || request.getDispatcherType() == DispatcherType.ASYNC) {
      response.getWriter().write(request.getDispatcherType() + " " + Owner.now());
    } else if (how.equals("throw")) {
      throw new ServletException("thrown on purpose");
    } else if (how.equals("forward")) {
      request.getRequestDispatcher("/in/who?how=plain").forward(request, response);
    } else if (how.startsWith("async-")) {
      async(request.startAsync(), how.substring("async-".length()));
    } else {
      response.getWriter().write(Owner.now());
    }
  }

  private static void async(AsyncContext context, String end) {
    context.setTimeout(end.equals("timeout") ? 200 : 20_000);
    context.addListener(new Late());
    if (end.equals("timeout")) return;
    Thread other = new Thread(() -> elsewhere(context, end), "elsewhere");
    other.start();
  }

  private static void elsewhere(AsyncContext context, String end) {
    if (end.equals("dispatch")) {
      context.dispatch("/in/who");
      return;
    }
    try {
      context.getResponse().getWriter().write("elsewhere " + Owner.now());
    } catch (IOException e) {
      context.getRequest().getServletContext().log("not written", e);
    }
    context.complete();
  }

  private static final class Late implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      event.getSuppliedResponse();
      event.getAsyncContext().getResponse().getWriter().write("late " + Owner.now());
      event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
