package dev.latchkey.filter.contract;

import dev.latchkey.filter.server.ServerKind;

final class Tomcat9FilterIT extends FilterContract {
  Tomcat9FilterIT() {
    super(ServerKind.TOMCAT_9);
  }
}
