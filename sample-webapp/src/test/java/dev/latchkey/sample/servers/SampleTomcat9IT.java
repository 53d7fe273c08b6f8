package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleTomcat9IT extends SampleOnServer {
  SampleTomcat9IT() {
    super(ServerKind.TOMCAT_9);
  }
}
