package dev.latchkey.agent.contract;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application in a JVM of its own: serves drivers over loopback, one connection for each
 * question. Arguments: the driver's class name and the client's jars. Ends with its standard input.
 */
public final class ForkMain {
  private final List<String> jars;
  private final String driver;
  private final Map<Integer, Object> things = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final ServerSocket listener;

  private ForkMain(String driver, List<String> jars) throws IOException {
    this.driver = driver;
    this.jars = jars;
    this.listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
  }

  /** Prints the port it serves on. */
  public static void main(String[] arguments) throws Exception {
    List<String> jars = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) jars.add(arguments[i]);
    ForkMain fork = new ForkMain(arguments[0], jars);
    daemon(fork::accept);
    System.out.println(fork.listener.getLocalPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      System.err.println("fork: " + closed);
    }
  }

  private void serve(Socket socket) {
    try (Socket closing = socket;
        ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream())) {
      Object[] question = (Object[]) new ObjectInputStream(socket.getInputStream()).readObject();
      out.writeObject(answer(question));
    } catch (Exception gone) {
      System.err.println("fork: " + gone);
    }
  }

  private Object answer(Object[] question) {
    try {
      return new Object[] {ask((String) question[0], question)};
    } catch (Throwable fault) {
      return RemoteFault.of(fault);
    }
  }

  private Object ask(String what, Object[] question) throws Exception {
    if (what.equals("driver")) return kept(newDriver((Settings) question[1]));
    Object thing = things.get((Integer) question[1]);
    if (thing instanceof ClientDriver) return askDriver((ClientDriver) thing, what, question);
    return thing instanceof ClientDriver.Running
        ? askRunning((ClientDriver.Running) thing, what)
        : askStream((ClientDriver.Streaming) thing, what);
  }

  private Object askDriver(ClientDriver asked, String what, Object[] question) throws Exception {
    switch (what) {
      case "send":
        return asked.send((Call) question[2]);
      case "start":
        return kept(asked.start((Call) question[2]));
      case "open":
        ClientDriver.Streaming stream = asked.open((Call) question[2]);
        return new int[] {kept(stream), stream.status()};
      case "leased":
        return asked.leased();
      default:
        asked.close();
        return "closed";
    }
  }

  private static Object askRunning(ClientDriver.Running running, String what) throws Exception {
    if (what.equals("join")) return running.join();
    if (what.equals("cancel")) running.cancel();
    return running.done();
  }

  private static Object askStream(ClientDriver.Streaming stream, String what) throws Exception {
    if (what.equals("read")) return stream.read();
    stream.close();
    return "closed";
  }

  // Each driver gets the client's classes afresh, as an application that is deployed again does.
  private ClientDriver newDriver(Settings settings) throws Exception {
    return DriverLoader.ofPaths(jars).driver(driver, settings);
  }

  private int kept(Object thing) {
    int key = number.incrementAndGet();
    things.put(key, thing);
    return key;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "application");
    thread.setDaemon(true);
    thread.start();
  }
}
