package dev.latchkey.agent.system.app;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;

/**
 * An application without a face: does on stdin's word what a web application does on a browser's,
 * and tells on stdout what it got.
 *
 * <pre>
 *   call ID CLIENT THREADS TIMES URL   answer ID STATUS MILLIS BODY, or fault ID MILLIS STACK; then done ID
 *   exit                               main ends; whatever else still runs is no thread of ours
 * </pre>
 */
public final class ShopApp {
  /** What the application believes to be its key. */
  public static final String PLACEHOLDER = "sk-or-v1-the-application-s-own-placeholder";

  private final PrintStream out;

  private ShopApp(PrintStream out) {
    this.out = out;
  }

  /** Runs until {@code exit} or the end of stdin. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    ShopApp app = new ShopApp(out);
    app.say("started " + System.getProperty("java.version"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("exit")) break;
      app.run(line.split(" ", 6));
    }
    app.say("ended");
  }

  private void run(String[] words) throws InterruptedException {
    int threads = Integer.parseInt(words[3]);
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      daemon("shop-" + words[1] + "-" + i, () -> customer(words, gate, left)).start();
    }
    gate.countDown();
  }

  private void customer(String[] words, CountDownLatch gate, CountDownLatch left) {
    try {
      gate.await();
      int times = Integer.parseInt(words[4]);
      for (int i = 0; i < times; i++) call(words[1], words[2], words[5]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left.countDown();
      if (left.getCount() == 0) say("done " + words[1]);
    }
  }

  private void call(String id, String client, String url) {
    long began = System.nanoTime();
    try {
      String answer = Shopping.with(client).ask(url);
      int blank = answer.indexOf(' ');
      say(
          "answer "
              + id
              + " "
              + answer.substring(0, blank)
              + " "
              + since(began)
              + answer.substring(blank));
    } catch (Throwable fault) {
      StringWriter stack = new StringWriter();
      fault.printStackTrace(new PrintWriter(stack));
      say("fault " + id + " " + since(began) + " " + stack);
    }
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private synchronized void say(String line) {
    out.println(line.trim().replace("\r", "").replace("\n", "\\n"));
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
