package dev.latchkey.agent.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH for one method in one fork and tells nanoseconds and bytes per operation. */
final class Microbenchmarks {
  private Microbenchmarks() {}

  /** Both figures of one run. */
  static final class Cost {
    final double nanos;
    final double bytes;

    Cost(double nanos, double bytes) {
      this.nanos = nanos;
      this.bytes = bytes;
    }
  }

  /** Costs round by round. */
  static final class Series {
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    void add(Cost cost) {
      nanos.add(cost.nanos);
      bytes.add(cost.bytes);
    }

    double medianNanos() {
      return Figures.median(nanos);
    }

    double medianBytes() {
      return Figures.median(bytes);
    }

    @Override
    public String toString() {
      return String.format(
          "median %7.1f ns (%s), %6.1f B",
          medianNanos(), Figures.middleHalf(nanos, "%.1f"), medianBytes());
    }
  }

  static Cost measure(Class<?> where, String method, List<String> flags) throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include("^" + where.getName().replace(".", "\\.") + "\\." + method + "$")
                    .forks(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(40)
                    .measurementTime(TimeValue.milliseconds(100))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend(flags.toArray(new String[0]))
                    .build())
            .runSingle();
    return new Cost(quietest(result), allocation(result));
  }

  /** The least disturbed of many short iterations: a machine is never quite alone. */
  private static double quietest(RunResult result) {
    double least = Double.MAX_VALUE;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        least = Math.min(least, iteration.getPrimaryResult().getScore());
      }
    }
    return least;
  }

  private static double allocation(RunResult result) {
    for (Result<?> secondary : result.getSecondaryResults().values()) {
      if (secondary.getLabel().contains("gc.alloc.rate.norm")) return secondary.getScore();
    }
    return Double.NaN;
  }
}
