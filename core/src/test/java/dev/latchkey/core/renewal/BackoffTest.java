package dev.latchkey.core.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final KeyId KEY = KeyId.own("vendor", Owner.of("alice"));

  private final FakeTime time = FakeTime.create();
  private final Backoff backoff = new Backoff(time);

  @Test
  void pausesGrowUpToFiveMinutesAndAreNeverUnderASecond() {
    for (int n = 1; n <= 30; n++) {
      backoff.failed(KEY, "no", null);
      long ceiling = Math.min(300_000, 1_000L << Math.min(n, 20));
      assertThat(backoff.remaining(KEY))
          .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_000 + ceiling));
    }
  }

  @Test
  void theProvidersOwnWishCountsUpToAnHour() {
    backoff.failed(KEY, "no", Duration.ofMinutes(20));
    assertThat(backoff.remaining(KEY)).isGreaterThanOrEqualTo(Duration.ofMinutes(20));
    backoff.failed(KEY, "no", Duration.ofDays(365));
    assertThat(backoff.remaining(KEY)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aJumpOfTheWallClockMovesNothing() {
    backoff.failed(KEY, "no", Duration.ofMinutes(1));
    Duration before = backoff.remaining(KEY);
    time.jump(Duration.ofDays(-3));
    assertThat(backoff.remaining(KEY)).isEqualTo(before);
    time.jump(Duration.ofDays(30));
    assertThat(backoff.remaining(KEY)).isEqualTo(before);
  }

  @Test
  void theSameReasonIsNewsOnlyEveryTenMinutes() {
    assertThat(backoff.failed(KEY, "no", null)).isTrue();
    assertThat(backoff.failed(KEY, "no", null)).isFalse();
    assertThat(backoff.failed(KEY, "something else", null)).isTrue();
    time.advance(Duration.ofMinutes(10));
    assertThat(backoff.failed(KEY, "something else", null)).isTrue();
  }

  @Test
  void successClearsIt() {
    backoff.failed(KEY, "no", null);
    backoff.succeeded(KEY);
    assertThat(backoff.remaining(KEY)).isZero();
    assertThat(backoff.reason(KEY)).isNull();
  }

  @Test
  void itsMemoryIsBounded() {
    for (int i = 0; i < 3 * Backoff.MOST; i++) {
      backoff.failed(KeyId.own("vendor", Owner.of("u" + i)), "no", null);
    }
    assertThat(backoff.size()).isLessThanOrEqualTo(Backoff.MOST);
  }

  @Test
  void aKeyIsDueWhenAThirdOfItsLifeIsLeft() {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    ManagedKey key =
        ManagedKey.builder(KEY, "vendor", Owner.of("alice"))
            .secret(Secret.of("vk-12345678"))
            .createdAt(start)
            .expiresAt(start.plus(Duration.ofDays(30)))
            .build();

    assertThat(Expiry.isDue(key, start.plus(Duration.ofDays(20)), 0)).isTrue();
    assertThat(Expiry.isDue(key, start.plus(Duration.ofDays(20)).minusSeconds(1), 0)).isFalse();
    assertThat(Expiry.isDue(key, start.plus(Duration.ofDays(19)), 1)).isTrue();
    assertThat(Expiry.isDue(key, start.plus(Duration.ofDays(20)), -1)).isFalse();
    assertThat(Expiry.isDue(key.toBuilder().expiresAt(null).build(), Instant.MAX, 1)).isFalse();
  }
}
