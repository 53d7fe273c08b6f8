package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.Reply;
import dev.latchkey.filter.server.Server;
import dev.latchkey.filter.server.Visitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with an account in front of the sample application. */
final class Person {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern CLIENT = Pattern.compile("<option value=\"(\\w+)\"");

  private final Visitor visitor;
  private final String name;
  private final String password;

  private Person(Visitor visitor, String name, String password) {
    this.visitor = visitor;
    this.name = name;
    this.password = password;
  }

  static Person ada(Server server) {
    return new Person(Visitor.of(server), "ada", "analytical");
  }

  static Person grace(Server server) {
    return new Person(Visitor.of(server), "grace", "compiler");
  }

  /** By the form; the page that follows. */
  String logIn() throws IOException {
    Matcher token = TOKEN.matcher(visitor.get("/login").text());
    if (!token.find()) throw new IOException("the log-in page has no token");
    String form = "csrf=" + token.group(1) + "&name=" + name + "&password=" + password;
    Reply reply = visitor.post("/login", form);
    if (reply.status() != 303) throw new IOException("the login was answered " + reply);
    return page();
  }

  /** As a script does; the JSON answer. */
  String logInByScript() throws IOException {
    String json = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    return visitor.json("/api/login", json).text();
  }

  String page() throws IOException {
    return visitor.get("/").text();
  }

  /** The clients that the page offers. */
  List<String> clients() throws IOException {
    List<String> clients = new ArrayList<>();
    Matcher option = CLIENT.matcher(page());
    while (option.find()) clients.add(option.group(1));
    return clients;
  }

  /** Asks a question; the JSON answer. */
  String ask(String client) throws IOException {
    String json = "{\"question\":\"Who am I?\",\"client\":\"" + client + "\"}";
    return visitor.json("/api/ask", json).text();
  }
}
