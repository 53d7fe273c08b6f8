package dev.latchkey.sample.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * OpenRouter's API on a loopback port: keys, chats (plain and streamed), and the troubles that a
 * key manager meets, on command.
 *
 * <p>It behaves as OpenRouterTeam/docs describes as of August 2026, and words its refusals as
 * people reported them. Thread-safe. The commands take effect for requests that arrive after they
 * return.
 */
public final class Simulator implements AutoCloseable {
  static final String ROOT = "/api/v1";
  private static final int THREADS = 64;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final HttpServer server;
  private final ExecutorService threads;
  private final KeyRing keys;
  private final Gate gate;
  private final ChatApi chats;
  private final Traffic traffic = new Traffic();

  private Simulator(HttpServer server, Clock clock) {
    this.server = server;
    this.threads = Executors.newFixedThreadPool(THREADS, Simulator::thread);
    this.keys = new KeyRing(clock);
    this.gate = new Gate(new KeysApi(keys));
    this.chats = new ChatApi(keys, clock);
  }

  /** Starts on a free loopback port, with the machine's clock. */
  public static Simulator start() throws IOException {
    return start(0, Clock.systemUTC());
  }

  /**
   * Starts on a loopback port.
   *
   * @param port 0 for any free one
   * @param clock decides when keys expire
   * @throws IOException if the port is taken
   */
  public static Simulator start(int port, Clock clock) throws IOException {
    // Read once when the JDK's server initialises; without it an answer can wait 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    HttpServer server = HttpServer.create(address, 128);
    Simulator simulator = new Simulator(server, clock);
    server.createContext(ROOT, simulator.handler());
    server.setExecutor(simulator.threads);
    server.start();
    return simulator;
  }

  private Handler handler() {
    return new Handler(Arrays.asList(gate, new AccountApi(keys), chats), traffic);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "simulator-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** The API's root: {@code http://127.0.0.1:PORT/api/v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + ROOT;
  }

  /** The key that may call the keys API. */
  public String managementKey() {
    return keys.managementKey();
  }

  /** Makes a key as a person would on the provider's site. */
  public String issueKey(String name) {
    return keys.create(KeyOrder.forNew(Json.write(Json.object("name", name))));
  }

  /** Every key ever made here, dead ones too: what must be found in no file. */
  public List<String> everIssued() {
    return keys.everIssued();
  }

  /** How many keys would be accepted now. */
  public int workingKeys() {
    return keys.working();
  }

  /** Lets every key expire now. */
  public void expireAll() {
    keys.expireAll();
  }

  /** Lets one key expire now; unknown keys are left alone. */
  public void expire(String key) {
    keys.expire(key);
  }

  /** Lets every key with this in its name expire now. */
  public void expireNamed(String part) {
    keys.expireNamed(part);
  }

  /** Deletes every key. */
  public void revokeAll() {
    keys.deleteAll();
  }

  /** Spends what a key's limit leaves; unknown keys are left alone. */
  public void exhaust(String key) {
    keys.exhaust(key);
  }

  /** Makes the keys API fail, or work again with {@link ProvisioningTrouble#NONE}. */
  public void provisioning(ProvisioningTrouble trouble) {
    gate.trouble(trouble);
  }

  /** Lets the next so many chats with a good key fail. */
  public void chatTrouble(ChatTrouble trouble, int chats) {
    this.chats.troubleNext(trouble, chats);
  }

  /** The exchanges since the last call of this method, at most 10,000, in order of answering. */
  public List<Exchange> takeTraffic() {
    return traffic.take();
  }

  /** Stops at once; calls that hang are released. */
  @Override
  public void close() {
    gate.trouble(ProvisioningTrouble.SERVER_ERROR);
    server.stop(0);
    threads.shutdownNow();
  }
}
