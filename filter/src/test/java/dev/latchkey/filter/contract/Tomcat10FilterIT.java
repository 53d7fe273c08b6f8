package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Tomcat10FilterIT extends FilterContract {
  Tomcat10FilterIT() {
    super(ServerKind.TOMCAT_10_1);
  }
}
