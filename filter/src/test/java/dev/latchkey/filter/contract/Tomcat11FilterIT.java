package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Tomcat11FilterIT extends FilterContract {
  Tomcat11FilterIT() {
    super(ServerKind.TOMCAT_11);
  }
}
