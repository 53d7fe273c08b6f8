package dev.latchkey.core.testkit;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Attachment;
import dev.latchkey.core.provider.Classification;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProviderApi;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.provider.QuotaClock;
import dev.latchkey.core.provider.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A provider without a network: {@code http://vendor.test/v1}, bearer keys {@code vk-N-...}, and a
 * keys API whose faults a test switches. Counts what it is asked. Safe for use by many threads.
 */
public final class FakeVendor implements Provider, Attachment, Classifier, ProviderApi {
  private final AtomicInteger minted = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final Map<String, String> alive = new ConcurrentHashMap<>();
  private final Map<String, String> names = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<String> revoked = new CopyOnWriteArrayList<>();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ProvisioningException fault;
  private volatile Runnable whileMinting = () -> {};
  private volatile boolean canMint = true;
  private volatile @Nullable String unset;
  private volatile boolean canProbe = true;
  private volatile boolean pooled;
  private volatile @Nullable Duration life;
  private volatile List<Secret> environment = Collections.emptyList();
  private volatile @Nullable Path keyFile;
  private volatile int budget = 3;

  /** How many keys it has made. */
  public int minted() {
    return minted.get();
  }

  /** How many probes it has answered. */
  public int probes() {
    return probes.get();
  }

  /** References revoked, in order. */
  public List<String> revoked() {
    return revoked;
  }

  /** Kills all keys made so far. */
  public void killAll() {
    alive.clear();
  }

  /** Whether it takes this key. */
  public boolean accepts(Secret key) {
    String text = key.reveal(SecretAccess.granted());
    return !dead.contains(text) && (alive.containsValue(text) || text.startsWith("vk-hand-"));
  }

  /** Kills one key. */
  public void kill(Secret key) {
    String text = key.reveal(SecretAccess.granted());
    dead.add(text);
    alive.values().remove(text);
  }

  /** Minting fails so from now on; null for no more. */
  public FakeVendor failing(@Nullable ProvisioningException with) {
    fault = with;
    return this;
  }

  /** Runs in each mint after the key was made and before it is handed out. */
  public FakeVendor whileMinting(Runnable action) {
    whileMinting = action;
    return this;
  }

  /** What is not set beside the provisioning key. */
  public FakeVendor unset(String names) {
    unset = names;
    return this;
  }

  /** Whether a provisioning key is set. */
  public FakeVendor canMint(boolean value) {
    canMint = value;
    return this;
  }

  /** Whether it has a probe. */
  public FakeVendor canProbe(boolean value) {
    canProbe = value;
    return this;
  }

  /** Whether all share one pool. */
  public FakeVendor pooled(boolean value) {
    pooled = value;
    return this;
  }

  /** How long new keys live; null for ever. */
  public FakeVendor life(@Nullable Duration value) {
    life = value;
    return this;
  }

  /** What the environment holds. */
  public FakeVendor environment(String... keys) {
    List<Secret> secrets = new ArrayList<>();
    for (String key : keys) secrets.add(Secret.of(key));
    environment = secrets;
    return this;
  }

  /** Where the key file is. */
  public FakeVendor keyFile(Path value) {
    keyFile = value;
    return this;
  }

  /** Renewals an hour. */
  public FakeVendor budget(int value) {
    budget = value;
    return this;
  }

  @Override
  public String name() {
    return "vendor";
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    return host.equals("vendor.test") && path.startsWith("/v1");
  }

  @Override
  public Attachment attachment() {
    return this;
  }

  @Override
  public Classifier classifier() {
    return this;
  }

  @Override
  public ProviderApi api() {
    return this;
  }

  @Override
  public QuotaClock quotaClock() {
    return QuotaClock.of(QuotaClock.Period.DAY, ZoneOffset.UTC);
  }

  @Override
  public boolean pooled() {
    return pooled;
  }

  @Override
  public List<Secret> environmentKeys() {
    return environment;
  }

  @Override
  public String environmentVariable() {
    return "VENDOR_API_KEY";
  }

  @Override
  public @Nullable String provisioningVariable() {
    return "VENDOR_PROVISIONING_KEY";
  }

  @Override
  public @Nullable Path keyFile() {
    return keyFile;
  }

  @Override
  public KeyFormat keyFormat() {
    return new KeyFormat("vk-", 8, 200);
  }

  @Override
  public RenewalPolicy renewal() {
    return new RenewalPolicy(budget, Duration.ofMinutes(10), life);
  }

  @Override
  public boolean onlyWhenAbsent() {
    return false;
  }

  @Override
  public @Nullable String headerName() {
    return "Authorization";
  }

  @Override
  public @Nullable String queryName() {
    return null;
  }

  @Override
  public List<Map.Entry<String, String>> headers(Secret key) {
    String value = "Bearer " + key.reveal(SecretAccess.granted());
    return Collections.singletonList(new AbstractMap.SimpleEntry<>("Authorization", value));
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery, Secret key) {
    return rawQuery;
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    return head.status() == 200 && "xml".equals(head.header("kind"));
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    return new String(prefix, 0, length, StandardCharsets.UTF_8).contains("dead");
  }

  @Override
  public Classification classify(AnswerHead head, byte[] prefix, Instant now) {
    if (new String(prefix, StandardCharsets.UTF_8).contains("dead")) {
      return Classification.of(Verdict.KEY_INVALID, "200 with a dead key", null);
    }
    if (new String(prefix, StandardCharsets.UTF_8).contains("upstream")) {
      return Classification.of(Verdict.TRANSIENT, head.status() + " upstream", null);
    }
    switch (head.status()) {
      case 200:
        return Classification.ok();
      case 401:
        return Classification.of(Verdict.KEY_INVALID, "401", null);
      case 402:
        return Classification.of(Verdict.OUT_OF_CREDIT, "402 no credit", null);
      case 403:
        return Classification.of(Verdict.QUOTA_EXHAUSTED, "403 limit", now.plusSeconds(3600));
      case 429:
        return Classification.of(Verdict.RATE_LIMITED, "429", now.plusSeconds(20));
      case 500:
        return Classification.of(Verdict.TRANSIENT, "500", null);
      default:
        return Classification.of(Verdict.UNKNOWN, String.valueOf(head.status()), null);
    }
  }

  @Override
  public boolean canProbe() {
    return canProbe;
  }

  @Override
  public @Nullable String unsetToMint() {
    return unset;
  }

  @Override
  public boolean canMint() {
    return canMint && unset == null;
  }

  @Override
  public boolean canRevoke() {
    return true;
  }

  @Override
  public Classification probe(Secret key) {
    probes.incrementAndGet();
    return accepts(key)
        ? Classification.ok()
        : Classification.of(Verdict.KEY_INVALID, "probe says 401", null);
  }

  @Override
  public Minted mint(MintRequest request) throws ProvisioningException {
    ProvisioningException failing = fault;
    if (failing != null) throw failing;
    String ref = "ref-" + minted.incrementAndGet();
    String text = "vk-" + ref + "-0123456789abcdef";
    alive.put(ref, text);
    names.put(ref, request.name());
    whileMinting.run();
    Instant end = life == null ? null : Instant.parse("2026-01-01T00:00:00Z").plus(life);
    return new Minted(Secret.of(text), ref, end);
  }

  @Override
  public void revoke(String ref) {
    revoked.add(ref);
    alive.remove(ref);
  }

  @Override
  public List<RemoteKey> findByName(String name) {
    List<RemoteKey> found = new ArrayList<>();
    synchronized (names) {
      names.forEach((ref, n) -> add(found, ref, n, name));
    }
    return found;
  }

  private void add(List<RemoteKey> found, String ref, String name, String wanted) {
    if (name.equals(wanted) && alive.containsKey(ref)) found.add(new RemoteKey(name, ref));
  }

  /** The names of all keys made, in order. */
  public List<String> names() {
    synchronized (names) {
      return new ArrayList<>(names.values());
    }
  }

  /** An answer's head with headers given as name, value, name, value. */
  public static AnswerHead head(int status, String... headers) {
    List<String> all = Arrays.asList(headers);
    return new AnswerHead() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public @Nullable String header(String name) {
        int at = all.indexOf(name);
        return at < 0 ? null : all.get(at + 1);
      }
    };
  }

  /** An owner for tests. */
  public static Owner alice() {
    return Owner.of("alice");
  }
}
