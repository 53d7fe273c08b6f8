package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Jetty12FilterIT extends FilterContract {
  Jetty12FilterIT() {
    super(ServerKind.JETTY_12);
  }
}
