package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The hooks that a store gives to its contract suite, and what the suite's tests share. */
abstract class StoreContract {
  static final String PROVIDER = "openrouter";
  static final Owner ALICE = Owner.of("alice");
  static final Owner BOB = Owner.of("bob");
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(30);

  private final List<KeyStore> opened = new ArrayList<>();
  KeyStore store;

  /** Opens one more store on the backing of this test, as another process would. */
  protected abstract KeyStore open() throws Exception;

  /** Makes the table's clock seem to have moved on: leases run out, grace ends. */
  protected abstract void pass(Duration time) throws Exception;

  /** What the table has counted. */
  protected abstract List<Usage> usage() throws Exception;

  /** The history's reasons, oldest first. */
  protected abstract List<String> history() throws Exception;

  @BeforeEach
  void openFirst() throws Exception {
    store = another();
  }

  @AfterEach
  void closeAll() {
    for (KeyStore one : opened) one.close();
  }

  final KeyStore another() throws Exception {
    KeyStore one = open();
    opened.add(one);
    return one;
  }

  static KeyId id(Owner owner) {
    return KeyId.own(PROVIDER, owner);
  }

  static ManagedKey.Builder key(Owner owner, String secret) {
    return ManagedKey.builder(id(owner), PROVIDER, owner)
        .secret(Secret.of(secret))
        .source(KeySource.AUTO_PROVISIONED);
  }

  final ManagedKey stored(Owner owner) {
    List<ManagedKey> found = store.list(PROVIDER, owner, 10);
    if (found.size() != 1) throw new AssertionError("one row of " + owner + ": " + found);
    return found.get(0);
  }
}
