package dev.latchkey.sample.simulator;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /key}, {@code /credits} and {@code /models}.
 *
 * <p>{@code /models} is public at the provider, whatever the bearer token: no use as a probe.
 */
final class AccountApi implements Api {
  private final KeyRing keys;

  AccountApi(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public @Nullable Answer answer(Call call) {
    if (call.is("GET", "/key") || call.is("GET", "/auth/key")) return currentKey(call.key());
    if (call.is("GET", "/credits")) return credits(call.key());
    if (call.is("GET", "/models")) return models();
    return null;
  }

  private Answer currentKey(@Nullable String key) {
    if (key == null) return Refusals.noKey();
    boolean management = keys.isManagementKey(key);
    if (!management && !keys.works(key)) return Refusals.unknownKey();
    Map<String, @Nullable Object> data =
        management ? Json.object("label", "management") : keys.describeShared(KeyText.hash(key));
    if (data == null) return Refusals.unknownKey();
    data.put("is_free_tier", false);
    data.put("is_management_key", management);
    data.put("is_provisioning_key", management);
    data.put("rate_limit", Json.object("requests", -1, "interval", "10s", "note", "deprecated"));
    return Answer.json(200, Json.object("data", data));
  }

  private Answer credits(@Nullable String key) {
    if (key == null) return Refusals.noKey();
    if (!keys.isManagementKey(key)) {
      return keys.works(key) ? Refusals.managementOnly() : Refusals.unknownKey();
    }
    return Answer.json(
        200, Json.object("data", Json.object("total_credits", 100.5, "total_usage", 25.75)));
  }

  private static Answer models() {
    return Answer.json(
        200,
        Json.object(
            "data",
            Arrays.asList(
                Json.object(
                    "id", "simulator/echo", "name", "Simulator: Echo", "context_length", 8192))));
  }
}
