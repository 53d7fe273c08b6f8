package dev.latchkey.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.Map;

/** One run of the command line in this process, and all that it printed. */
final class Run {
  final int code;
  final String out;
  final String err;

  private Run(int code, String out, String err) {
    this.code = code;
    this.out = out;
    this.err = err;
  }

  static Run of(Opening opening, String... arguments) {
    return with(
        terminal -> opening,
        Collections.<String, String>emptyMap(),
        Collections.<String, String>emptyMap(),
        arguments);
  }

  /** Makes the opening from the terminal that the run is to use. */
  interface Wiring {
    Opening wire(Terminal terminal);
  }

  static Run with(
      Wiring wiring,
      Map<String, String> properties,
      Map<String, String> environment,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      Terminal terminal =
          Terminal.of(
              new PrintStream(out, true, "UTF-8"),
              new PrintStream(err, true, "UTF-8"),
              properties,
              environment);
      int code = Cli.run(terminal, wiring.wire(terminal), arguments);
      return new Run(code, out.toString("UTF-8"), err.toString("UTF-8"));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both streams. */
  String everything() {
    return out + err;
  }
}
