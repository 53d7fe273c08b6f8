package dev.latchkey.agent.forked;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Applications that know nothing of the agent; plain Java 8 without any library. */
final class Apps {
  private Apps() {}

  /** Says hello. */
  static final class Hello {
    public static void main(String[] args) {
      System.out.println("hello");
    }
  }

  /** Gets each URL by {@code HttpURLConnection} and prints what came. */
  static final class Get {
    public static void main(String[] args) throws Exception {
      for (String url : args) {
        send((HttpURLConnection) new URL(url).openConnection());
      }
    }

    static void send(HttpURLConnection connection) throws Exception {
      connection.setRequestProperty("X-API-Key", "placeholder");
      int status = connection.getResponseCode();
      InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      BufferedReader lines = new BufferedReader(new InputStreamReader(body, "UTF-8"));
      System.out.println(status + " " + lines.readLine() + " at " + connection.getURL());
    }
  }

  /** Overwrites the file that is named first in the midst of its first call. */
  static final class Overwrite {
    public static void main(String[] args) throws Exception {
      HttpURLConnection begun = (HttpURLConnection) new URL(args[1]).openConnection();
      Files.write(Paths.get(args[0]), new byte[] {'n', 'e', 'w'});
      Get.send(begun);
      Get.main(Arrays.copyOfRange(args, 2, args.length));
    }
  }

  /** Has the agent that is named first attached by a tool, then gets the URLs. */
  static final class Attach {
    public static void main(String[] args) throws Exception {
      new ProcessBuilder(args[0], pid(), "JVMTI.agent_load", args[1])
          .redirectOutput(new File(args[2]))
          .start()
          .waitFor();
      for (Thread opening = starting(); opening != null; opening = starting()) opening.join();
      Get.main(Arrays.copyOfRange(args, 3, args.length));
    }

    private static String pid() {
      return ManagementFactory.getRuntimeMXBean().getName().replaceAll("@.*", "");
    }

    private static Thread starting() {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("latchkey-start")) return thread;
      }
      return null;
    }
  }

  /** Gets a URL, leaves through {@code System.exit} while a thread of its own still runs. */
  static final class Exit {
    public static void main(String[] args) throws Exception {
      Get.main(args);
      Thread forever = new Thread(Exit::waitForEver, "application");
      forever.start();
      System.exit(3);
    }

    private static void waitForEver() {
      try {
        new java.util.concurrent.CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Ends when its own non-daemon thread ends, some time after main. */
  static final class Threads {
    public static void main(String[] args) throws Exception {
      Thread main = Thread.currentThread();
      new Thread(
              () -> {
                try {
                  main.join();
                  Get.main(args);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              "application")
          .start();
    }
  }

  /** Names the log manager it got; the one it asks for is {@link Manager}. */
  static final class Logging {
    public static void main(String[] args) throws Exception {
      Get.main(args);
      Logger.getLogger("application").fine("unseen");
      System.out.println(LogManager.getLogManager().getClass().getName());
    }
  }

  /** An application server's log manager. */
  public static final class Manager extends LogManager {
    /** Called by the JDK. */
    public Manager() {}
  }

  /** Sends PATCH the only way there is: by reflection on the field. */
  static final class Patch {
    public static void main(String[] args) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) new URL(args[0]).openConnection();
      Field method = HttpURLConnection.class.getDeclaredField("method");
      method.setAccessible(true);
      method.set(connection, "PATCH");
      connection.setDoOutput(true);
      connection.getOutputStream().write(1);
      System.out.println(connection.getResponseCode() + " " + connection.getHeaderField("Method"));
    }
  }

  /** Says whether the bridge is there. */
  static final class Bridge {
    public static void main(String[] args) {
      try {
        Class.forName("java.lang.LatchkeyBridge", false, null);
        System.out.println("there");
      } catch (ClassNotFoundException e) {
        System.out.println("absent");
      }
    }
  }
}
