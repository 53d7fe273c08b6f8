package dev.latchkey.agent.bench;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Opening a connection to a host that is nobody's, without the agent and with it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UnmanagedCall {
  private final URL url = url();

  private static URL url() {
    try {
      return new URL("http://unmanaged.example:8080/some/path?q=1");
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is sent: the connection is made, not connected. */
  @Benchmark
  public URLConnection openConnection() throws IOException {
    return url.openConnection();
  }
}
