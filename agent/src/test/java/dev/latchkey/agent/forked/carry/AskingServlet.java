package dev.latchkey.agent.forked.carry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.servlet.AsyncContext;
import javax.servlet.ReadListener;
import javax.servlet.ServletException;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Answers with whose thread it is, after having handed the request around. */
final class AskingServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final CountDownLatch FIRST_HALF = new CountDownLatch(1);
  private static final ExecutorService POOL = Executors.newCachedThreadPool();

  /** The server's own threads: one, which all connections share. */
  static final ThreadPoolExecutor CONNECTIONS =
      (ThreadPoolExecutor) Executors.newFixedThreadPool(1);

  static void awaitFirstHalf() {
    Report.await(FIRST_HALF);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    try {
      if (path.equals("/start")) {
        User.does("alice", () -> start(request.startAsync()));
      } else if (path.equals("/dispatch")) {
        AsyncContext context = request.startAsync();
        User.does("alice", () -> POOL.submit(() -> dispatch(context)));
      } else if (path.equals("/read")) {
        User.does("alice", () -> read(request.startAsync(), request.getInputStream()));
      } else if (path.equals("/pool")) {
        answer(response, User.does("bob", () -> POOL.submit(User::now).get()));
      } else {
        answer(response, path.equals("/lost") ? path : User.now());
      }
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static boolean start(AsyncContext context) {
    context.start(() -> complete(context));
    return true;
  }

  /** When the request's thread is free, a task of the server's is submitted by one that is hers. */
  private static void dispatch(AsyncContext context) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (CONNECTIONS.getActiveCount() > 0 && System.nanoTime() < end) Thread.yield();
    context.dispatch(User.now().equals("alice") ? "/who" : "/lost");
  }

  private static boolean read(AsyncContext context, ServletInputStream in) {
    in.setReadListener(new Reading(context, in));
    return true;
  }

  private static void complete(AsyncContext context) {
    try {
      answer(context.getResponse(), User.now());
      context.complete();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(ServletResponse response, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static final class Reading implements ReadListener {
    private final AsyncContext context;
    private final ServletInputStream in;

    Reading(AsyncContext context, ServletInputStream in) {
      this.context = context;
      this.in = in;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (in.isReady() && in.read() >= 0) continue;
      FIRST_HALF.countDown();
    }

    @Override
    public void onAllDataRead() {
      complete(context);
    }

    @Override
    public void onError(Throwable fault) {
      fault.printStackTrace();
      context.complete();
    }
  }
}
