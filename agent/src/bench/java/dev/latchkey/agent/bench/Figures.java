package dev.latchkey.agent.bench;

import java.util.Arrays;
import java.util.List;

/** What a row of measurements comes to. */
final class Figures {
  private Figures() {}

  static double median(List<Double> values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double least(List<Double> values) {
    return sorted(values)[0];
  }

  /** The half that lies in the middle, as {@code low..high}. */
  static String middleHalf(List<Double> values, String format) {
    double[] sorted = sorted(values);
    int quarter = sorted.length / 4;
    return String.format(
        format + ".." + format, sorted[quarter], sorted[sorted.length - 1 - quarter]);
  }

  private static double[] sorted(List<Double> values) {
    double[] sorted = new double[values.size()];
    for (int i = 0; i < sorted.length; i++) sorted[i] = values.get(i);
    Arrays.sort(sorted);
    return sorted;
  }
}
