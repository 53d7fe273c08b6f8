package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Tomcat85FilterIT extends FilterContract {
  Tomcat85FilterIT() {
    super(ServerKind.TOMCAT_8_5);
  }
}
