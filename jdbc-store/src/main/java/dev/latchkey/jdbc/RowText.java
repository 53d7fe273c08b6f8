package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.crypto.UnsealException;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A row of the key table as one line of text, its secret sealed as the table holds it. No format of
 * a library's: reading a line is on the way of an application's first call.
 */
final class RowText {
  private static final String NONE = "-";
  private static final int FIELDS = 17;

  private RowText() {}

  /** The line; null for a row that only the table itself can tell of. */
  static @Nullable String of(ManagedKey key, Sealer sealer) {
    if (key.fault() != null) return null;
    Secret secret = key.secret();
    String sealed =
        secret == null
            ? null
            : sealer.seal(secret, key.id(), key.provider(), key.owner(), key.generation());
    return String.join(
        " ",
        text(key.provider()),
        text(key.owner().id()),
        key.id().toString(),
        text(sealed),
        key.source().text(),
        key.status().text(),
        Integer.toString(key.priority()),
        Long.toString(key.generation()),
        text(key.providerRef()),
        time(key.expiresAt()),
        time(key.cooldownUntil()),
        text(key.lastError()),
        time(key.lastValidated()),
        time(key.lastRenewalAt()),
        time(key.createdAt()),
        number(key.dailyLimit()),
        number(key.monthlyLimit()));
  }

  /** How the lines of an owner's keys at a provider begin. */
  static String beginning(String provider, Owner owner) {
    return text(provider) + " " + text(owner.id()) + " ";
  }

  /** Whose row it is if it is one of that provider's and disabled; else null. */
  static @Nullable Owner ofDisabled(String line, String provider) {
    String[] f = line.split(" ", -1);
    boolean disabled = f[0].equals(text(provider)) && f[5].equals(KeyStatus.DISABLED.text());
    return disabled ? Owner.of(String.valueOf(read(f[1]))) : null;
  }

  /**
   * The row.
   *
   * @throws UnsealException if the secret was sealed with another keyset
   * @throws RuntimeException if the line is none of ours
   */
  static ManagedKey parse(String line, Sealer sealer) throws UnsealException {
    String[] f = line.split(" ", -1);
    if (f.length != FIELDS) throw new IllegalArgumentException("fields: " + f.length);
    String provider = String.valueOf(read(f[0]));
    Owner owner = Owner.of(String.valueOf(read(f[1])));
    KeyId id = KeyId.parse(f[2]);
    long generation = Long.parseLong(f[7]);
    ManagedKey.Builder key =
        ManagedKey.builder(id, provider, owner)
            .source(KeySource.of(f[4]))
            .status(StoredStatus.of(f[5]))
            .priority(Integer.parseInt(f[6]))
            .generation(generation)
            .providerRef(read(f[8]))
            .lastError(read(f[11]))
            .dailyLimit(number(f[15]))
            .monthlyLimit(number(f[16]));
    Instant created = time(f[14]);
    if (created != null) key.createdAt(created);
    key.expiresAt(time(f[9])).cooldownUntil(time(f[10]));
    key.lastValidated(time(f[12])).lastRenewalAt(time(f[13]));
    String sealed = read(f[3]);
    if (sealed != null) key.secret(sealer.open(sealed, id, provider, owner, generation));
    return key.build();
  }

  /** Text as a word. */
  static String text(@Nullable String value) {
    if (value == null) return NONE;
    return "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
  }

  /** What {@link #text} wrote. */
  static @Nullable String read(String word) {
    if (word.equals(NONE)) return null;
    if (word.charAt(0) != '=') throw new IllegalArgumentException("no text");
    return new String(Base64.getUrlDecoder().decode(word.substring(1)), UTF_8);
  }

  /** Seconds and nanoseconds: reading a timestamp would load a formatter. */
  private static String time(@Nullable Instant time) {
    return time == null ? NONE : time.getEpochSecond() + "." + time.getNano();
  }

  private static @Nullable Instant time(String field) {
    if (field.equals(NONE)) return null;
    int dot = field.indexOf('.');
    long seconds = Long.parseLong(field.substring(0, dot));
    return Instant.ofEpochSecond(seconds, Long.parseLong(field.substring(dot + 1)));
  }

  private static String number(@Nullable Long number) {
    return number == null ? NONE : number.toString();
  }

  private static @Nullable Long number(String field) {
    return field.equals(NONE) ? null : Long.valueOf(field);
  }
}
