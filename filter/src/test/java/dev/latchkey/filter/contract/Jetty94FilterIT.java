package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Jetty94FilterIT extends FilterContract {
  Jetty94FilterIT() {
    super(ServerKind.JETTY_9_4);
  }
}
