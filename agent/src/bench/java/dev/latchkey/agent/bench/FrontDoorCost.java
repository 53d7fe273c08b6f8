package dev.latchkey.agent.bench;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/** What the front door itself takes: to say no, and to give a key and hear of the answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrontDoorCost {
  private static final byte[] NO_BODY = {};
  private final OutboundRequest request = new Chat();
  private final AnswerHead ok = new Ok();
  private @Nullable Latchkey latchkey;
  private @Nullable OutboundCalls calls;

  /** One provider whose key is in the environment, and a store in memory. */
  @Setup
  public void open() throws IOException {
    Path home = Files.createTempDirectory("latchkey-bench");
    Map<String, String> properties = new HashMap<>();
    properties.put("user.home", home.toString());
    properties.put("latchkey.store.url", "memory");
    Map<String, String> environment =
        Collections.singletonMap(
            "OPENROUTER_API_KEY",
            "sk-or-v1-0000000000000000000000000000000000000000000000000000000000000000");
    latchkey =
        Latchkey.open(
            SettingsLoader.load(SettingsSource.of(null, properties, environment, null, home)),
            TimeSource.system(),
            () -> null);
    calls = latchkey.calls();
    if (calls.open(request, null) == null) throw new IllegalStateException("no key");
  }

  /** Lets go of the store. */
  @TearDown
  public void close() {
    if (latchkey != null) latchkey.close();
  }

  /** A host that is nobody's. */
  @Benchmark
  public boolean foreignHost() {
    return calls.manages("https", "unmanaged.example", -1, "/some/path");
  }

  /** Ask, open and attach: the key is on the hop. */
  @Benchmark
  public void attach(Blackhole sink) {
    sink.consume(keyed(sink));
  }

  /** The same from two threads at a time: a lock would show. */
  @Benchmark
  @Threads(2)
  public void attachFromTwoThreads(Blackhole sink) {
    sink.consume(keyed(sink));
  }

  /** Attach, and judge and count the answer: all but the client's own part. */
  @Benchmark
  public void attachAndReport(Blackhole sink) {
    KeyedCall call = keyed(sink);
    sink.consume(call.wantsBody(ok));
    sink.consume(call.answered(ok, NO_BODY));
  }

  private KeyedCall keyed(Blackhole sink) {
    sink.consume(calls.manages("https", "openrouter.ai", -1, "/api/v1/chat/completions"));
    KeyedCall call = calls.open(request, null);
    sink.consume(call.headers());
    return call;
  }

  private static final class Chat extends OutboundRequest {
    @Override
    public String scheme() {
      return "https";
    }

    @Override
    public String host() {
      return "openrouter.ai";
    }

    @Override
    public int port() {
      return -1;
    }

    @Override
    public String path() {
      return "/api/v1/chat/completions";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public String header(String name) {
      return "placeholder";
    }
  }

  private static final class Ok extends AnswerHead {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }
  }
}
