package dev.latchkey.agent.contract;

import dev.latchkey.agent.contract.ScriptedCalls.Point;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One hop of {@link ScriptedCalls}. A 401, or an error told inside a 200, refuses the key. */
final class ScriptedCall implements KeyedCall {
  private final ScriptedCalls calls;
  private final Origin origin;
  private final String key;
  private final String owner;
  private final boolean replay;
  private final AtomicInteger reports = new AtomicInteger();
  private volatile boolean sent;
  private volatile boolean unrepeatable;
  private volatile String told = "nothing";

  ScriptedCall(ScriptedCalls calls, Origin origin, String key, String owner, boolean replay) {
    this.calls = calls;
    this.origin = origin;
    this.key = key;
    this.owner = owner;
    this.replay = replay;
  }

  int reports() {
    return reports.get();
  }

  /** Whether its key was asked for. */
  boolean wasSent() {
    return sent;
  }

  String owner() {
    return owner;
  }

  boolean wasUnrepeatable() {
    return unrepeatable;
  }

  /** The last thing reported. */
  String told() {
    return told;
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    sent = true;
    calls.hit(Point.HEADERS);
    if (origin.by() == Origin.By.QUERY) return Collections.emptyList();
    return Collections.singletonList(new SimpleEntry<>("Authorization", "Bearer " + key));
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery) {
    calls.hit(Point.QUERY);
    if (origin.by() == Origin.By.HEADER) return rawQuery;
    String pair = origin.name() + "=" + encoded();
    if (rawQuery == null) return pair;
    String replaced = ("&" + rawQuery).replaceFirst("&" + origin.name() + "=[^&]*", "&" + pair);
    return replaced.contains("&" + pair) ? replaced.substring(1) : rawQuery + "&" + pair;
  }

  @Override
  public String hide(String text) {
    calls.hit(Point.HIDE);
    return text.replace(encoded(), "***").replace(key, "***");
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    calls.hit(Point.WANTS_BODY);
    String type = "" + head.header("Content-Type");
    return head.status() == 200 && (type.contains("json") || type.contains("xml"));
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    calls.hit(Point.DECIDED);
    String text = readable(head, Arrays.copyOf(prefix, length));
    return isRefusal(text) || text.startsWith("{\"ok\"") || text.startsWith("<ok>");
  }

  @Override
  public boolean answered(AnswerHead head, byte[] prefix) {
    reports.incrementAndGet();
    String text = readable(head, prefix);
    told = head.status() + " " + text;
    calls.hit(Point.ANSWERED);
    return !replay && (head.status() == 401 || isRefusal(text));
  }

  @Override
  public void failed(Throwable fault) {
    reports.incrementAndGet();
    told = fault.toString();
    calls.hit(Point.FAILED);
  }

  @Override
  public @Nullable KeyedCall replay(boolean repeatable) {
    calls.hit(Point.REPLAY);
    if (repeatable) return next();
    unrepeatable = true;
    calls.threads().execute(() -> calls.renewed(origin, key));
    return null;
  }

  @Override
  public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
    calls.hit(Point.REPLAY);
    if (!repeatable) return CompletableFuture.completedFuture(replay(false));
    return CompletableFuture.supplyAsync(this::next, calls.threads());
  }

  @Override
  public boolean isReplay() {
    return replay;
  }

  @Override
  public String toString() {
    return "reported " + reports + " times" + (replay ? " (replay): " : ": ") + told;
  }

  private @Nullable KeyedCall next() {
    String renewed = calls.renewed(origin, key);
    return renewed == null ? null : calls.call(origin, renewed, owner, true);
  }

  /** A packed beginning is unpacked as far as it goes, as the real classifier does. */
  private static String readable(AnswerHead head, byte[] prefix) {
    if (!"gzip".equals(head.header("Content-Encoding"))) return Bytes.text(prefix);
    byte[] out = new byte[8192];
    int done = 0;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(prefix))) {
      for (int n = 0; n >= 0 && done < out.length; n = in.read(out, done, out.length - done)) {
        done += n;
      }
    } catch (IOException moreIsNeeded) {
      // The beginning of a packed body ends like this.
    }
    return new String(out, 0, done, StandardCharsets.UTF_8);
  }

  private static boolean isRefusal(String text) {
    return text.contains("\"code\":401") || text.contains("KEY IS NOT REGISTERED");
  }

  private String encoded() {
    try {
      return URLEncoder.encode(key, "UTF-8");
    } catch (UnsupportedEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
