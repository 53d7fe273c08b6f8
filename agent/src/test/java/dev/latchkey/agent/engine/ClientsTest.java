package dev.latchkey.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.core.config.Settings;
import org.junit.jupiter.api.Test;

final class ClientsTest {
  @Test
  void settingsKnowEveryClientThatCanBeSwitchedOff() {
    assertThat(Clients.all())
        .extracting(ClientHooks::setting)
        .containsExactlyElementsOf(Settings.clients());
  }
}
