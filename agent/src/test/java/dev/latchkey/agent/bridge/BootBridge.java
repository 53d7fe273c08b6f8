package dev.latchkey.agent.bridge;

import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Puts the bridge where woven JDK classes find it, before a test loads it from the class path: two
 * bridges in one JVM would be strangers to each other.
 */
public final class BootBridge implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    BridgeDefiner.define(ByteBuddyAgent.install(), BootBridge.class.getClassLoader());
  }
}
