package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleTomcat85IT extends SampleOnServer {
  SampleTomcat85IT() {
    super(ServerKind.TOMCAT_8_5);
  }
}
