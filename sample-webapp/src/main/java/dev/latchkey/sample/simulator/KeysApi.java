package dev.latchkey.sample.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /keys}: how keys are made, listed, changed and deleted.
 *
 * <p>Source: OpenRouterTeam/docs, {@code openapi/openapi.yaml}: only a management key may call it,
 * a new key's text is the top-level {@code key} of the 201 and is shown only there.
 */
final class KeysApi implements Api {
  private static final String ROOT = "/keys";

  private final KeyRing keys;

  KeysApi(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public @Nullable Answer answer(Call call) {
    boolean one = call.path().startsWith(ROOT + "/");
    if (!one && !call.path().equals(ROOT)) return null;
    Answer refusal = refusal(call.key());
    if (refusal != null) return refusal;
    try {
      return one ? one(call, call.path().substring(ROOT.length() + 1)) : all(call);
    } catch (IllegalArgumentException e) {
      return Refusals.invalid(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Answer refusal(@Nullable String key) {
    if (keys.isManagementKey(key)) return null;
    if (key == null) return Refusals.noKey();
    return keys.works(key) ? Refusals.managementOnly() : Refusals.unknownKey();
  }

  private @Nullable Answer all(Call call) {
    switch (call.method()) {
      case "GET":
        return list(call);
      case "POST":
        return create(KeyOrder.forNew(call.text()));
      default:
        return null;
    }
  }

  private Answer list(Call call) {
    int offset = Integer.parseInt(call.parameter("offset", "0"));
    boolean includeDisabled = Boolean.parseBoolean(call.parameter("include_disabled", "false"));
    return Answer.json(200, Json.object("data", keys.page(Math.max(0, offset), includeDisabled)));
  }

  private Answer create(KeyOrder order) {
    String text = keys.create(order);
    return Answer.json(201, Json.object("data", keys.describe(KeyText.hash(text)), "key", text));
  }

  private @Nullable Answer one(Call call, String hash) {
    Map<String, @Nullable Object> described = keys.describe(hash);
    if (described == null) return Refusals.notFound();
    switch (call.method()) {
      case "GET":
        return Answer.json(200, Json.object("data", described));
      case "PATCH":
        keys.change(hash, KeyOrder.forChange(call.text()));
        return Answer.json(200, Json.object("data", keys.describe(hash)));
      case "DELETE":
        keys.delete(hash);
        return Answer.json(200, Json.object("deleted", true));
      default:
        return null;
    }
  }
}
