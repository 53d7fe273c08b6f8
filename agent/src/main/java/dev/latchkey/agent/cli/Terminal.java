package dev.latchkey.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a command is run: its output, its complaints and the environment it reads. Used by one
 * thread.
 */
final class Terminal {
  /** ASCII only, so that no terminal's or pipe's encoding can spoil it. */
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writerWithDefaultPrettyPrinter();

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> properties;
  private final Map<String, String> environment;

  private Terminal(
      PrintStream out,
      PrintStream err,
      Map<String, String> properties,
      Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.properties = properties;
    this.environment = environment;
  }

  /** The process's own. */
  static Terminal system() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return of(System.out, System.err, properties, System.getenv());
  }

  static Terminal of(
      PrintStream out,
      PrintStream err,
      Map<String, String> properties,
      Map<String, String> environment) {
    return new Terminal(out, err, properties, environment);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  Map<String, String> properties() {
    return properties;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Prints the answer, as one JSON document where programs read it; returns its exit code. */
  int print(Answer answer, boolean json) {
    if (json) {
      out.println(json(answer.json()));
    } else {
      for (String line : answer.lines()) out.println(line);
    }
    out.flush();
    return answer.exitCode();
  }

  private static String json(Map<String, ?> json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer holds plain values only", e);
    }
  }
}
