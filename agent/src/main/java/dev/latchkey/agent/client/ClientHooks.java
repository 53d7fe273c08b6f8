package dev.latchkey.agent.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All that the agent knows of one HTTP client before its adapter is loaded: names only. Immutable.
 */
public final class ClientHooks {
  private final String setting;
  private final String adapter;
  private final List<String> packages;
  private final List<Hook> hooks;

  private ClientHooks(String setting, String adapter, List<String> packages, List<Hook> hooks) {
    this.setting = setting;
    this.adapter = adapter;
    this.packages = packages;
    this.hooks = hooks;
  }

  /**
   * A client.
   *
   * @param setting its name in the settings, as in {@code latchkey.instrumentation.okhttp.enabled}
   * @param adapter the {@link Adapter}'s class name; everything in its package is the adapter's
   */
  public static ClientHooks of(String setting, String adapter) {
    return new ClientHooks(
        setting, adapter, Collections.<String>emptyList(), Collections.<Hook>emptyList());
  }

  /**
   * The same, and these packages (with all below them) come from the application's loader. The
   * first is the client's own: who loads a class of it is about to make calls.
   */
  public ClientHooks withPackages(String... names) {
    return new ClientHooks(setting, adapter, copy(Arrays.asList(names)), hooks);
  }

  /**
   * The same with these hooks, at most 16. The first one's class is the client's home: hooked
   * classes of one client share the adapter that belongs to the loader of the home class they see.
   *
   * @throws IllegalArgumentException if there are none or more than 16
   */
  public ClientHooks withHooks(Hook... woven) {
    if (woven.length < 1 || woven.length > 16) {
      throw new IllegalArgumentException("a client has 1 to 16 hooks: " + woven.length);
    }
    return new ClientHooks(setting, adapter, packages, copy(Arrays.asList(woven)));
  }

  /** The name in the settings. */
  public String setting() {
    return setting;
  }

  /** The adapter's class name. */
  public String adapter() {
    return adapter;
  }

  /** The packages that come from the application's loader, such as {@code okhttp3}. */
  public List<String> packages() {
    return packages;
  }

  /** The hooks; {@link Adapter#enter} is told their place in this list. */
  public List<Hook> hooks() {
    return hooks;
  }

  /** The setting's name. */
  @Override
  public String toString() {
    return setting;
  }

  private static <T> List<T> copy(List<T> list) {
    return Collections.unmodifiableList(new ArrayList<>(list));
  }
}
