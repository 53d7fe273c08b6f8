package dev.latchkey.agent.contract;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A front door that does what the page of {@link OutboundCalls} says, with nothing behind it, and
 * keeps count: every call that is opened has to be reported once. It can be told to fail.
 */
final class ScriptedCalls implements OutboundCalls {
  /** Where to fail. */
  enum Point {
    KNOWS,
    MANAGES,
    OPEN,
    HEADERS,
    QUERY,
    HIDE,
    WANTS_BODY,
    DECIDED,
    ANSWERED,
    FAILED,
    REPLAY
  }

  private final List<Origin> origins = new CopyOnWriteArrayList<>();
  private final Map<Origin, String> keys = new ConcurrentHashMap<>();
  private final List<ScriptedCall> opened = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "latchkey-scripted");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Integer, Origin> others = new ConcurrentHashMap<>();
  private volatile @Nullable Point failing;
  private volatile boolean disabled;
  private volatile boolean refuses;
  private volatile @Nullable Throwable fault;

  ScriptedCalls(Origin... managed) {
    for (Origin origin : managed) add(origin);
  }

  void add(Origin origin) {
    origins.add(origin);
  }

  /** The origin's key is good at this port too, by https. */
  void alsoAt(int port, Origin origin) {
    others.put(port, origin);
  }

  /** From now on this point throws this. */
  void failAt(Point point, Throwable thrown) {
    fault = thrown;
    failing = point;
  }

  /** From now on everybody is disabled. */
  void disable(boolean refused) {
    disabled = true;
    refuses = refused;
  }

  /** Nothing fails any more, and what was opened is forgotten. */
  void forget() {
    failing = null;
    opened.clear();
  }

  /** Calls that were sent and not reported exactly once; one that was given up may be, once. */
  List<String> leftovers() {
    List<String> wrong = new ArrayList<>();
    for (ScriptedCall call : opened) {
      boolean silent = call.wasSent() && call.reports() == 0;
      if (silent || call.reports() > 1) wrong.add(call.toString());
    }
    return wrong;
  }

  List<ScriptedCall> opened() {
    return opened;
  }

  /** Whose keys were sent, in order. */
  List<String> owners() {
    List<String> owners = new ArrayList<>();
    for (ScriptedCall call : opened) if (call.wasSent()) owners.add(call.owner());
    return owners;
  }

  /** How often a replay was asked for a body that cannot be repeated. */
  long unrepeatable() {
    return opened.stream().filter(ScriptedCall::wasUnrepeatable).count();
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    hit(Point.MANAGES);
    return origin(scheme, host, port, path) != null;
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    hit(Point.KNOWS);
    return origin(scheme, host, port, "") != null;
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    hit(Point.OPEN);
    if (disabled) return refuses ? new RefusedCall() : null;
    String caller = owner == null ? "" + LatchkeyBridge.owner() : owner.toString();
    Origin origin = origin(request.scheme(), request.host(), request.port(), request.path());
    String key = origin == null ? null : key(origin);
    return origin == null || key == null ? null : call(origin, key, caller, false);
  }

  ScriptedCall call(Origin origin, String key, String owner, boolean replay) {
    ScriptedCall call = new ScriptedCall(this, origin, key, owner, replay);
    opened.add(call);
    return call;
  }

  ExecutorService threads() {
    return threads;
  }

  /** The key after the one that was refused; null if there is none to be had. */
  synchronized @Nullable String renewed(Origin origin, String refused) {
    String current = keys.get(origin);
    if (current != null && !current.equals(refused)) return current;
    return mint(origin);
  }

  void hit(Point point) {
    Throwable thrown = fault;
    if (failing != point || thrown == null) return;
    if (thrown instanceof Error) throw (Error) thrown;
    throw (RuntimeException) thrown;
  }

  private @Nullable String key(Origin origin) {
    String key = keys.get(origin);
    return key != null ? key : renewed(origin, "");
  }

  private @Nullable String mint(Origin origin) {
    try {
      String key = origin.mint();
      keys.put(origin, key);
      return key;
    } catch (IOException down) {
      return null;
    }
  }

  private @Nullable Origin origin(String scheme, String host, int port, String path) {
    if (!path.isEmpty() && !path.startsWith("/")) throw new AssertionError("no path: " + path);
    if (path.startsWith("/admin/")) return null; // As the forked tests' settings except it.
    for (Origin origin : origins) {
      if (origin.port() == port
          && origin.server().scheme().equals(scheme)
          && host.equalsIgnoreCase("localhost")) return origin;
    }
    return scheme.equals("https") ? others.get(port) : null;
  }
}
