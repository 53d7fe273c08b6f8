package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;

final class SampleJetty94IT extends SampleOnServer {
  SampleJetty94IT() {
    super(ServerKind.JETTY_9_4);
  }
}
