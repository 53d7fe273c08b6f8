package dev.latchkey.agent.forked.carry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A server whose connections share one thread of a plain pool, and a client that keeps them. */
public final class TomcatApp {
  private TomcatApp() {}

  /** The arguments are a managed URL where nobody answers, and a folder. */
  public static void main(String[] args) throws Exception {
    CarryApp.awaitSettings(args[0]);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[1]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().getProtocolHandler().setExecutor(AskingServlet.CONNECTIONS);
    Context context = tomcat.addContext("", args[1]);
    Tomcat.addServlet(context, "asking", new AskingServlet()).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "asking");
    tomcat.start();
    ask(tomcat.getConnector().getLocalPort());
    System.exit(0);
  }

  private static void ask(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Report.line("started", () -> get(socket, "/start"));
      Report.line("next on the connection", () -> get(socket, "/who"));
      Report.line("dispatched by her task", () -> get(socket, "/dispatch"));
      Report.line("next on the connection", () -> get(socket, "/who"));
      Report.line("read later", () -> post(socket, "/read"));
      Report.line("next on the connection", () -> get(socket, "/who"));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Report.line("another connection", () -> get(socket, "/who"));
      Report.line("pool in request", () -> get(socket, "/pool"));
    }
  }

  private static String get(Socket socket, String path) throws IOException {
    send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return answer(socket);
  }

  /** The second half of the body comes when the server has asked for it and the thread is free. */
  private static String post(Socket socket, String path) throws IOException {
    send(socket, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab");
    AskingServlet.awaitFirstHalf();
    send(socket, "cd");
    return answer(socket);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < length; i++) body.append((char) in.read());
    return status != null && status.contains(" 200") ? body.toString() : status + " " + body;
  }
}
