package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints what was seen, step by step, and remembers what was not as it should be. */
final class Findings {
  private static final int WIDTH = 150;

  private final PrintStream out;
  private final List<String> faults = new ArrayList<>();
  private int steps;

  Findings(PrintStream out) {
    this.out = out;
  }

  /** Begins a step. */
  void step(String title) {
    out.println();
    out.println(++steps + ". " + title);
  }

  void say(String who, String what) {
    String line = what.length() > WIDTH ? what.substring(0, WIDTH - 3) + "..." : what;
    out.println("   " + String.format("%-10s", who) + line);
  }

  /** Like exchanges in one line, in the order of their first. */
  void provider(List<Exchange> traffic) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Exchange exchange : traffic) counts.merge(exchange.toString(), 1, Integer::sum);
    counts.forEach((what, times) -> say("provider", times == 1 ? what : what + "  x " + times));
  }

  void latchkey(List<String> lines) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String line : lines) counts.merge(line, 1, Integer::sum);
    counts.forEach((what, times) -> say("latchkey", times == 1 ? what : what + "  x " + times));
  }

  /** States what must hold, and whether it does. */
  void expect(String rule, Object expected, Object seen) {
    if (Objects.equals(expected, seen)) {
      say("ok", rule);
      return;
    }
    String fault = rule + ": expected " + expected + ", saw " + seen;
    say("FAILED", fault);
    faults.add("step " + steps + ": " + fault);
  }

  /** A step that could not be played to its end. */
  void broken(Exception fault) {
    String words = words(fault);
    say("FAILED", words);
    faults.add((steps == 0 ? "at the start: " : "step " + steps + ": ") + words);
  }

  /** Others' exceptions say little without their names: "openrouter.ai" is an unknown host. */
  private static String words(Exception fault) {
    String message = fault.getMessage();
    return message != null && fault.getClass() == IOException.class ? message : fault.toString();
  }

  List<String> faults() {
    return faults;
  }
}
