package dev.latchkey.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class KeyPoolTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final long NOW = 1_000_000;

  private final KeyPool pool = KeyPool.create(100);

  private static ManagedKey key(String secret, long generation) {
    return ManagedKey.builder(KeyId.own("vendor", ALICE), "vendor", ALICE)
        .secret(Secret.of(secret))
        .generation(generation)
        .build();
  }

  private static ManagedKey pooled(String secret, int priority, KeyStatus status, Instant until) {
    return ManagedKey.builder(KeyId.pooled("vendor", Secret.of(secret)), "vendor", Owner.POOL)
        .secret(Secret.of(secret))
        .priority(priority)
        .status(status)
        .cooldownUntil(until)
        .build();
  }

  @Test
  void aGenerationNeverGoesBack() {
    pool.load("vendor", ALICE, Collections.singletonList(key("vk-second1", 2)), NOW);
    pool.update(key("vk-first11", 1));
    pool.load("vendor", ALICE, Collections.singletonList(key("vk-first11", 1)), NOW);

    assertThat(pool.ring("vendor", ALICE, NOW).choose(NOW).generation()).isEqualTo(2);
  }

  @Test
  void newsOfOwnersWhoAreNotInMemoryAreIgnored() {
    pool.update(key("vk-first11", 1));

    assertThat(pool.ring("vendor", ALICE, NOW)).isNull();
    assertThat(pool.owners("vendor")).isZero();
  }

  @Test
  void beyondTheLimitSomebodyMakesRoom() {
    for (int i = 0; i < 1_000; i++) {
      pool.load("vendor", Owner.of("user-" + i), Collections.<ManagedKey>emptyList(), i);
    }
    assertThat(pool.owners("vendor")).isEqualTo(100);
    assertThat(pool.ring("vendor", Owner.of("user-999"), NOW)).isNotNull();
  }

  @Test
  void theBestPriorityThatMayServeIsChosen() {
    Instant later = Instant.ofEpochMilli(NOW + 10);
    KeyRing ring =
        KeyRing.of(
            Arrays.asList(
                pooled("vk-third111", 3, KeyStatus.ACTIVE, null),
                pooled("vk-second11", 2, KeyStatus.ACTIVE, null),
                pooled("vk-first111", 1, KeyStatus.COOLING, later)));

    assertThat(ring.choose(NOW).priority()).isEqualTo(2);
    assertThat(ring.choose(NOW + 10).priority()).isEqualTo(1);
    assertThat(ring.spare(NOW, ring.choose(NOW)).priority()).isEqualTo(3);
  }

  @Test
  void whatAnOperatorTookOutIsNeverChosen() {
    KeyRing ring =
        KeyRing.of(
            Arrays.asList(
                pooled("vk-first111", 1, KeyStatus.PAUSED, null),
                pooled("vk-second11", 2, KeyStatus.DISABLED, null),
                pooled("vk-third111", 3, KeyStatus.RETIRED, null)));

    assertThat(ring.choose(NOW)).isNull();
    assertThat(ring.keys()).hasSize(2);
  }

  @Test
  void whereAllRestTheBestStillCarriesTheCall() {
    KeyRing ring =
        KeyRing.of(
            Arrays.asList(
                pooled("vk-first111", 1, KeyStatus.EXHAUSTED, null),
                pooled("vk-second11", 2, KeyStatus.INVALID, null)));

    assertThat(ring.choose(NOW).priority()).isEqualTo(1);
    assertThat(ring.spare(NOW, null)).isNull();
  }
}
