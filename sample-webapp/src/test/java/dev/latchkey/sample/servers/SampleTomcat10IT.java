package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleTomcat10IT extends SampleOnServer {
  SampleTomcat10IT() {
    super(ServerKind.TOMCAT_10_1);
  }
}
