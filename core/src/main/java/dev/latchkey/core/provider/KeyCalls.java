package dev.latchkey.core.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.ProviderApi.Minted;
import dev.latchkey.core.provider.ProviderApi.RemoteKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The key-management calls of a definition; each may be missing. Immutable. */
final class KeyCalls {
  private final @Nullable CallSpec probe;
  private final @Nullable Mint mint;
  private final @Nullable Revoke revoke;
  private final @Nullable Listing list;

  KeyCalls(
      @Nullable CallSpec probe,
      @Nullable Mint mint,
      @Nullable Revoke revoke,
      @Nullable Listing list) {
    this.probe = probe;
    this.mint = mint;
    this.revoke = revoke;
    this.list = list;
  }

  @Nullable CallSpec probe() {
    return probe;
  }

  @Nullable Mint mint() {
    return mint;
  }

  @Nullable Revoke revoke() {
    return revoke;
  }

  @Nullable Listing list() {
    return list;
  }

  /** The text of the first of the places that holds some; null for none. */
  private static @Nullable String first(JsonNode json, List<JsonPath> places) {
    for (JsonPath place : places) {
      JsonNode value = json.at(place.toString());
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return null;
  }

  /** How a key is made, and where the answer holds it. Immutable. */
  static final class Mint {
    private final CallSpec call;
    private final List<JsonPath> keyAt;
    private final List<JsonPath> refAt;
    private final boolean refIsFingerprint;
    private final List<JsonPath> expiresAt;

    Mint(
        CallSpec call,
        List<JsonPath> keyAt,
        List<JsonPath> refAt,
        boolean refIsFingerprint,
        List<JsonPath> expiresAt) {
      this.call = call;
      this.keyAt = keyAt;
      this.refAt = refAt;
      this.refIsFingerprint = refIsFingerprint;
      this.expiresAt = expiresAt;
    }

    CallSpec call() {
      return call;
    }

    /** The key's text; null if the answer holds none. */
    @Nullable String key(JsonNode answer) {
      return first(answer, keyAt);
    }

    Minted minted(Secret key, JsonNode answer) {
      String ref = first(answer, refAt);
      if (ref == null && refIsFingerprint) ref = key.fingerprint();
      return new Minted(key, ref, instant(first(answer, expiresAt)));
    }

    private static @Nullable Instant instant(@Nullable String text) {
      if (text == null) return null;
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return null;
      }
    }
  }

  /** How a key is revoked, and which refusals mean that it is gone already. Immutable. */
  static final class Revoke {
    private final CallSpec call;
    private final Set<Integer> gone;

    Revoke(CallSpec call, Set<Integer> gone) {
      this.call = call;
      this.gone = gone;
    }

    CallSpec call() {
      return call;
    }

    boolean meansGone(int status) {
      return gone.contains(status);
    }
  }

  /** How keys are listed, page by page. Immutable. */
  static final class Listing {
    private final CallSpec call;
    private final @Nullable JsonPath items;
    private final List<JsonPath> name;
    private final List<JsonPath> ref;
    private final @Nullable JsonPath more;

    Listing(
        CallSpec call,
        @Nullable JsonPath items,
        List<JsonPath> name,
        List<JsonPath> ref,
        @Nullable JsonPath more) {
      this.call = call;
      this.items = items;
      this.name = name;
      this.ref = ref;
      this.more = more;
    }

    CallSpec call() {
      return call;
    }

    /** The keys of a page; null if there is no list where one should be. */
    @Nullable List<RemoteKey> rows(JsonNode page) {
      JsonNode list = items == null ? page : page.at(items.toString());
      if (!list.isArray()) return null;
      List<RemoteKey> out = new ArrayList<>();
      for (JsonNode item : list) {
        String itemRef = first(item, ref);
        String itemName = first(item, name);
        if (itemRef != null) out.add(new RemoteKey(itemName == null ? "" : itemName, itemRef));
      }
      return out;
    }

    /** Whether the page itself tells that no other follows. */
    boolean isLast(JsonNode page) {
      Set<String> names = call.names();
      if (!names.contains("offset") && !names.contains("after")) return true;
      return more != null && !page.at(more.toString()).asBoolean(false);
    }
  }
}
