package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class WildFlyFilterIT extends FilterContract {
  WildFlyFilterIT() {
    super(ServerKind.WILDFLY);
  }
}
