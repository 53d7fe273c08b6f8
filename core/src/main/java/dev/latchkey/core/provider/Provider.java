package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider as it is in force: its definition with the operator's settings laid over. Immutable;
 * made by the loader.
 */
public interface Provider {

  /** The name that settings and table use, such as {@code openrouter}. */
  String name();

  /**
   * Whether a call to this place belongs to the provider and should carry its key: scheme, host and
   * port are those of a base URL, and the path lies under it and under none of the exceptions (such
   * as OpenRouter's keys API, which the application calls with a key of another kind). Allocates
   * nothing when the host is not the provider's.
   *
   * @param port the port in use; -1 for the scheme's own
   * @param path the raw path
   */
  boolean manages(String scheme, String host, int port, String path);

  /** Whether {@link #manages} may be true for some path there. Allocates nothing. */
  default boolean isAt(String scheme, String host, int port) {
    return true;
  }

  /** Where and how the key is attached. */
  Attachment attachment();

  /** Reads the provider's answers. */
  Classifier classifier();

  /** The provider's key-management calls. */
  ProviderApi api();

  /** When allowances start anew. */
  QuotaClock quotaClock();

  /** Whether all owners share one pool of keys, rather than each having a key of his own. */
  boolean pooled();

  /** Keys found in the environment, in the order given; several are a pool. */
  List<Secret> environmentKeys();

  /** Why some keys of the environment were left out, one line each, without the keys. */
  default List<String> environmentFaults() {
    return Collections.emptyList();
  }

  /** The variable that {@link #environmentKeys} came from, for messages. */
  String environmentVariable();

  /** The variable that would hold the provisioning key, for messages; null where none exists. */
  @Nullable String provisioningVariable();

  /** The key file, absolute; it need not exist. */
  @Nullable Path keyFile();

  /** What a key of this provider looks like. */
  KeyFormat keyFormat();

  /** How renewals behave. */
  RenewalPolicy renewal();

  /** How a key looks; malformed ones are refused before they are stored. */
  final class KeyFormat {
    private static final String[] PLACEHOLDERS = {
      "placeholder", "your-", "your_", "yourkey", "changeme", "change-me", "replace", "xxxxxx"
    };

    private final String prefix;
    private final List<String> notPrefixes;
    private final int shortest;
    private final int longest;

    /** A format; an empty prefix and 1 allow everything of one line. */
    public KeyFormat(String prefix, int shortest, int longest) {
      this(prefix, Collections.<String>emptyList(), shortest, longest);
    }

    /**
     * A format.
     *
     * @param notPrefixes what keys of other kinds or other providers start with
     */
    public KeyFormat(String prefix, List<String> notPrefixes, int shortest, int longest) {
      this.prefix = prefix;
      this.notPrefixes = Collections.unmodifiableList(new ArrayList<>(notPrefixes));
      this.shortest = shortest;
      this.longest = longest;
    }

    /** Why this text cannot be a key, for people and without the text; null if it can. */
    public @Nullable String refuse(String text) {
      if (isPlaceholder(text)) return "a placeholder, not a key";
      if (text.length() < shortest) {
        return "too short: " + text.length() + " characters, at least " + shortest + " expected";
      }
      if (text.length() > longest) {
        return "too long: " + text.length() + " characters, at most " + longest + " expected";
      }
      if (!text.startsWith(prefix)) return "a key of this provider starts with " + prefix;
      for (String other : notPrefixes) {
        if (text.startsWith(other)) return "a key of another kind: it starts with " + other;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c <= ' ' || c > '~') return "character " + (i + 1) + " is not printable ASCII";
      }
      return null;
    }

    /** What people leave standing in examples: {@code your-key-here}, {@code <key>}, xxxx. */
    private static boolean isPlaceholder(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.startsWith("<") || lower.startsWith("$") || lower.contains("...")) return true;
      for (String word : PLACEHOLDERS) if (lower.contains(word)) return true;
      return text.chars().distinct().count() == 1;
    }
  }

  /** Numbers of a renewal. Immutable. */
  final class RenewalPolicy {
    private final int budgetPerHour;
    private final Duration grace;
    private final @Nullable Duration lifetime;

    /** Numbers as the settings give them. */
    public RenewalPolicy(int budgetPerHour, Duration grace, @Nullable Duration lifetime) {
      this.budgetPerHour = budgetPerHour;
      this.grace = grace;
      this.lifetime = lifetime;
    }

    /** Renewals allowed for one owner in an hour; 3 by default, 0 switches renewal off. */
    public int budgetPerHour() {
      return budgetPerHour;
    }

    /** How long a replaced key lives on before it is revoked; 10 minutes by default. */
    public Duration grace() {
      return grace;
    }

    /** The life time asked for a new key; null for no end. */
    public @Nullable Duration lifetime() {
      return lifetime;
    }
  }
}
