package dev.latchkey.core.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.ProviderHttp.Answer;
import dev.latchkey.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition's key-management calls, made over HTTP. Immutable. */
final class HttpProviderApi implements ProviderApi {
  private static final int LONGEST_ANSWER = 64 * 1024;

  /** A hundred keys of OpenRouter take about 80 KB. */
  private static final int LONGEST_LIST = 1024 * 1024;

  private static final int MOST_PAGES = 100;
  private static final Provider.KeyFormat ANY_KEY = new Provider.KeyFormat("", 8, 4096);
  private static final String MAKE = "make a key";
  private static final String REVOKE = "revoke a key";
  private static final String LIST = "list keys";

  private final String name;
  private final KeyCalls calls;
  private final Credentials credentials;
  private final Attachment attachment;
  private final Classifier classifier;
  private final ProviderHttp http;
  private final TimeSource time;
  private final Exchange exchange;

  HttpProviderApi(
      String name,
      KeyCalls calls,
      Credentials credentials,
      Attachment attachment,
      Classifier classifier,
      ProviderHttp http,
      TimeSource time) {
    this.name = name;
    this.calls = calls;
    this.credentials = credentials;
    this.attachment = attachment;
    this.classifier = classifier;
    this.http = http;
    this.time = time;
    this.exchange = new Exchange(name, credentials, http, time);
  }

  @Override
  public boolean canProbe() {
    return calls.probe() != null;
  }

  @Override
  public boolean canMint() {
    KeyCalls.Mint mint = calls.mint();
    return mint != null && credentials.missing(mint.call(), "name") == null;
  }

  @Override
  public @Nullable String unsetToMint() {
    KeyCalls.Mint mint = calls.mint();
    return mint == null ? null : credentials.unset(mint.call(), "name");
  }

  @Override
  public boolean canRevoke() {
    KeyCalls.Revoke revoke = calls.revoke();
    KeyCalls.Listing list = calls.list();
    return revoke != null
        && list != null
        && credentials.missing(revoke.call(), "ref") == null
        && credentials.missing(list.call(), "offset", "after") == null;
  }

  @Override
  public Classification probe(Secret key) {
    CallSpec spec = calls.probe();
    if (spec == null) return unasked("there is no probe");
    try {
      Answer answer = sendProbe(spec, key);
      Classification seen = classifier.classify(answer, answer.body(), time.now());
      boolean redirected = seen.verdict() == Verdict.OK && !answer.isSuccess();
      return redirected
          ? Classification.of(Verdict.UNKNOWN, "the probe answered " + answer.status(), null)
          : seen;
    } catch (IOException | RuntimeException e) {
      return unasked("could not be asked: " + credentials.hide(exchange.told(e), key));
    }
  }

  private Answer sendProbe(CallSpec spec, Secret key) throws IOException {
    Map<String, String> values = credentials.values();
    Map<String, String> headers = new LinkedHashMap<>();
    attachment.headers(key).forEach(h -> headers.put(h.getKey(), h.getValue()));
    headers.putAll(spec.headers(values));
    String url = withKey(spec.url(values), key);
    return http.send(spec.method(), url, headers, spec.body(values), LONGEST_ANSWER);
  }

  private String withKey(String url, Secret key) {
    int question = url.indexOf('?');
    String query = question < 0 ? null : url.substring(question + 1);
    String keyed = attachment.query(query, key);
    if (keyed == null) return url;
    return (question < 0 ? url : url.substring(0, question)) + "?" + keyed;
  }

  @Override
  public Minted mint(MintRequest request) throws ProvisioningException {
    KeyCalls.Mint mint = calls.mint();
    CallSpec spec = ready(mint == null ? null : mint.call(), MAKE, "name");
    if (mint == null) throw new IllegalStateException("a ready call has its definition");
    JsonNode json = exchange.json(MAKE, spec, mintValues(request), LONGEST_ANSWER);
    String key = mint.key(json);
    if (key == null) throw exchange.odd(MAKE, "answered without a key in it");
    String refusal = ANY_KEY.refuse(key);
    if (refusal != null) throw exchange.odd(MAKE, "answered with what is no key: " + refusal);
    return mint.minted(Secret.of(key), json);
  }

  private Map<String, String> mintValues(MintRequest request) {
    Map<String, String> values = credentials.values();
    values.put("name", request.name());
    Duration lifetime = request.lifetime();
    if (lifetime != null) {
      // OpenRouter takes UTC only, written with Z; nobody needs fractions.
      Instant end = time.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
      values.put("expires-at", end.toString());
      values.put("lifetime-seconds", Long.toString(lifetime.getSeconds()));
    }
    return values;
  }

  @Override
  public void revoke(String ref) throws ProvisioningException {
    KeyCalls.Revoke revoke = calls.revoke();
    CallSpec spec = ready(revoke == null ? null : revoke.call(), REVOKE, "ref");
    Map<String, String> values = credentials.values();
    values.put("ref", ref);
    Answer answer = exchange.send(REVOKE, spec, values, LONGEST_ANSWER);
    boolean gone = revoke != null && revoke.meansGone(answer.status());
    if (!answer.isSuccess() && !gone) throw exchange.failure(REVOKE, answer);
  }

  @Override
  public List<RemoteKey> findByName(String keyName) throws ProvisioningException {
    KeyCalls.Listing list = calls.list();
    CallSpec spec = ready(list == null ? null : list.call(), LIST, "offset", "after");
    if (list == null) throw new IllegalStateException("a ready call has its definition");
    List<RemoteKey> out = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String last = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Map<String, String> values = credentials.values();
      values.put("offset", Integer.toString(seen.size()));
      values.put("after", last);
      JsonNode json = exchange.json(LIST, spec, values, LONGEST_LIST);
      List<RemoteKey> rows = list.rows(json);
      if (rows == null) throw exchange.odd(LIST, "answered without a list where one should be");
      int before = seen.size();
      for (RemoteKey row : rows) {
        if (seen.add(row.ref()) && row.name().equals(keyName)) out.add(row);
        last = row.ref();
      }
      if (seen.size() == before || list.isLast(json)) return out;
    }
    throw exchange.odd(LIST, "did not come to an end after " + MOST_PAGES + " pages");
  }

  private CallSpec ready(@Nullable CallSpec spec, String what, String... given)
      throws ProvisioningException {
    String missing = credentials.missing(spec, given);
    if (spec != null && missing == null) return spec;
    throw ProvisioningException.refused(name + ": cannot " + what + ": " + missing, null);
  }

  private static Classification unasked(String reason) {
    return Classification.of(Verdict.TRANSIENT, reason, null);
  }
}
