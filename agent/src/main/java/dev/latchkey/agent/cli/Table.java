package dev.latchkey.agent.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text under headings, as wide as their widest cell; not safe for several threads. */
final class Table {
  private static final String GAP = "  ";

  private final int columns;
  private final List<String[]> rows = new ArrayList<>();

  private Table(String... headings) {
    columns = headings.length;
    rows.add(headings);
  }

  static Table of(String... headings) {
    return new Table(headings);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not one cell a heading
   */
  Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(columns + " cells expected: " + cells.length);
    }
    rows.add(cells);
    return this;
  }

  /** The lines, headings first, without spaces at their ends. */
  List<String> lines() {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) lines.add(line(row, widths));
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], row[i].length());
    }
    return widths;
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).append(spaces(widths[i] - row[i].length())).append(GAP);
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') end--;
    return line.substring(0, end);
  }

  private static String spaces(int count) {
    char[] spaces = new char[count];
    Arrays.fill(spaces, ' ');
    return new String(spaces);
  }
}
