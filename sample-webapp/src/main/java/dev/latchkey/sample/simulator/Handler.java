package dev.latchkey.sample.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Reads a request, asks the APIs in turn, notes the exchange and sends the answer. */
final class Handler implements HttpHandler {
  private final List<Api> apis;
  private final Traffic traffic;

  Handler(List<Api> apis, Traffic traffic) {
    this.apis = apis;
    this.traffic = traffic;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      Call call = Call.read(exchange, Simulator.ROOT);
      Answer answer = answer(call);
      // Noted first: whoever has the answer may already look.
      traffic.add(new Exchange(call, answer.status()));
      send(answer, exchange);
    } finally {
      exchange.close();
    }
  }

  private Answer answer(Call call) {
    for (Api api : apis) {
      Answer answer = api.answer(call);
      if (answer != null) return answer;
    }
    return Refusals.notFound();
  }

  private static void send(Answer answer, HttpExchange exchange) throws IOException {
    byte[][] pieces = answer.pieces();
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    // 0 means chunked to the JDK's server.
    exchange.sendResponseHeaders(answer.status(), answer.streamed() ? 0 : pieces[0].length);
    try (OutputStream out = exchange.getResponseBody()) {
      for (byte[] piece : pieces) {
        out.write(piece);
        out.flush();
      }
    }
  }
}
