package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleTomcat11IT extends SampleOnServer {
  SampleTomcat11IT() {
    super(ServerKind.TOMCAT_11);
  }
}
