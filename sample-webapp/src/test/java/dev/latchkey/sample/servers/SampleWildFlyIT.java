package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleWildFlyIT extends SampleOnServer {
  SampleWildFlyIT() {
    super(ServerKind.WILDFLY);
  }
}
