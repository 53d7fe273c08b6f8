package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleJetty12IT extends SampleOnServer {
  SampleJetty12IT() {
    super(ServerKind.JETTY_12);
  }
}
