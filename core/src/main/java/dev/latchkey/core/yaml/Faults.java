package dev.latchkey.core.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects everything that is wrong, so that people see all of it at once: one line each, {@code
 * latchkey.yaml:12 providers.openrouter.base-url: what is wrong and what is allowed}. Keeps at most
 * {@value #MOST} lines. Not safe for use by several threads.
 */
public final class Faults {
  /** The most faults that are kept. */
  public static final int MOST = 100;

  /** Each line of text with the line of the file that it is about. */
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private boolean broken;
  private int dropped;

  /** None yet. */
  public static Faults create() {
    return new Faults();
  }

  /**
   * One more.
   *
   * @param setting the setting's full name; empty where none is concerned
   * @param message what is wrong and what is allowed, never with a secret
   */
  public void add(Where where, String setting, String message) {
    String line = where + " " + (setting.isEmpty() ? "" : setting + ": ") + message;
    if (lines.size() < MOST) lines.putIfAbsent(line, where.line());
    else dropped++;
  }

  /** Notes that a file ends in the middle, so what seems to be missing may well be there. */
  void broken() {
    broken = true;
  }

  /** Whether a file could be read only in part. */
  public boolean isBroken() {
    return broken;
  }

  /** How many there are. */
  public int count() {
    return lines.size() + dropped;
  }

  /** Whether nothing is wrong. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** One line each, as the file's lines go, what is in no file first; a copy. */
  public List<String> lines() {
    List<String> out = new ArrayList<>(lines.keySet());
    out.sort(Comparator.comparing(line -> lines.getOrDefault(line, 0)));
    if (dropped > 0) out.add("and " + dropped + " more");
    return out;
  }
}
