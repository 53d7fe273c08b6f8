package dev.latchkey.agent.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Many providers on one server and its https twin, each below a path of its own, so that tests in
 * one JVM do not meet each other's keys, budgets and backoffs.
 */
final class Providers implements AutoCloseable {
  /** More than there are tests in the contract. */
  private static final int ENOUGH = 100;

  private final Map<String, Origin> origins = new ConcurrentHashMap<>();
  private final RawServer plain = RawServer.http(this::handle);
  private final RawServer secure = RawServer.https(this::handle);

  Providers() throws Exception {}

  /** The origin for one test; {@code kind} is {@code h}, {@code q} or {@code s}. */
  Origin origin(char kind, int test) {
    if (test >= ENOUGH) throw new IllegalStateException("more tests than providers: " + test);
    String prefix = "/" + kind + test;
    return origins.computeIfAbsent(
        prefix,
        p ->
            Origin.at(
                kind == 's' ? secure : plain, p, kind == 'q' ? Origin.By.QUERY : Origin.By.HEADER));
  }

  /** The origin that no test gets. */
  Origin last() {
    return origin('h', ENOUGH - 1);
  }

  static String nameOfLast() {
    return "h" + (ENOUGH - 1);
  }

  /** The configuration that manages all of them. */
  String yaml() {
    return yaml("store: {url: memory}\n");
  }

  /** The same with other settings before the providers. */
  String yaml(String settings) {
    StringBuilder out = new StringBuilder(settings).append("providers:\n");
    for (int i = 0; i < ENOUGH; i++) {
      provider(out, "h" + i, "attach: {header: Authorization, template: \"Bearer {key}\"}");
      provider(out, "q" + i, "attach: {query: api_key}");
      provider(out, "s" + i, "attach: {header: Authorization, template: \"Bearer {key}\"}");
    }
    return out.toString();
  }

  void afterTest() {
    plain.continueIf(seen -> true);
    secure.continueIf(seen -> true);
    plain.forget();
    secure.forget();
  }

  @Override
  public void close() throws Exception {
    plain.close();
    secure.close();
  }

  private void provider(StringBuilder out, String name, String attach) {
    // The first URL is where keys are made: by plain http, so the agent need not trust our
    // certificate.
    String url = plain.url("/" + name);
    String urls = name.startsWith("s") ? "[" + url + ", " + secure.url("/" + name) + "]" : url;
    out.append("  ").append(name).append(":\n");
    line(out, "base-url: " + urls);
    line(out, "except: [/admin]");
    line(out, "provisioning-key: provisioning-s3cr3t-key");
    line(out, "owner: user");
    line(out, "renewal-budget: 20");
    line(out, attach);
    // Good answers first: a body is held back until the rules before the one that matches can't.
    line(out, "rules:");
    line(out, "- {status: 2xx, json: {/ok: \"*\"}, verdict: ok}");
    line(out, "- {status: 2xx, xml: {ok: \"*\"}, verdict: ok}");
    line(out, "- {status: 2xx, json: {/code: \"401\"}, verdict: key-invalid}");
    line(out, "- {status: 2xx, xml: {e: KEY IS NOT REGISTERED}, verdict: key-invalid}");
    line(out, "provision:");
    line(out, "  request: POST /admin/keys");
    line(out, "  headers: {Authorization: \"Bearer {provisioning-key}\"}");
    line(out, "  answer: {key: /key}");
  }

  private static void line(StringBuilder out, String text) {
    out.append("    ").append(text).append('\n');
  }

  private void handle(Seen seen, Reply reply) throws Exception {
    Origin origin = of(seen.path());
    if (origin == null) reply.send(404, "no such provider: " + seen.path());
    else origin.handle(seen, reply);
  }

  private @Nullable Origin of(String path) {
    int end = path.indexOf('/', 1);
    return origins.get(end < 0 ? path : path.substring(0, end));
  }
}
