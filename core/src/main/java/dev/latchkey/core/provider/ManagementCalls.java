package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the definition says about key management. Filled by the loader, then only read. */
final class ManagementCalls {
  @Nullable CallSpec probe;
  @Nullable CallSpec provision;
  List<JsonPath> keyAt = new ArrayList<>();
  List<JsonPath> refAt = new ArrayList<>();
  boolean refIsFingerprint;
  List<JsonPath> expiresAt = new ArrayList<>();
  @Nullable CallSpec revoke;
  Set<Integer> gone = new LinkedHashSet<>();
  @Nullable CallSpec list;
  @Nullable JsonPath listItems;
  @Nullable JsonPath listName;
  @Nullable JsonPath listRef;
  @Nullable JsonPath listMore;

  @Nullable Secret provisioningKey;
  @Nullable BigDecimal limit;
  @Nullable String limitReset;
  Map<String, String> parameters = new LinkedHashMap<>();
}
