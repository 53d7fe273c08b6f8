package dev.latchkey.agent.engine;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.apache4.Apache4Hooks;
import dev.latchkey.agent.client.apache5.Apache5Hooks;
import dev.latchkey.agent.client.huc.UrlHooks;
import dev.latchkey.agent.client.jdk.JdkHooks;
import dev.latchkey.agent.client.okhttp.OkHttpHooks;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every HTTP client that the agent knows: a new one is a package of its own and a line here. */
public final class Clients {
  private Clients() {}

  /** The clients; the place in the list is the client's number in woven code. */
  public static List<ClientHooks> all() {
    return Collections.unmodifiableList(
        Arrays.asList( //
            UrlHooks.hooks(),
            JdkHooks.hooks(),
            OkHttpHooks.hooks(),
            Apache4Hooks.hooks(),
            Apache5Hooks.hooks()));
  }
}
