package dev.latchkey.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.time.FakeTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends KeyStoreContract {
  private final FakeTime time = FakeTime.create();
  private final MemoryStore memory = MemoryStore.create(time);

  @Override
  protected KeyStore open() {
    return memory;
  }

  @Override
  protected void pass(Duration by) {
    time.advance(by);
  }

  @Override
  protected List<Usage> usage() {
    return memory.usage();
  }

  @Override
  protected List<String> history() {
    return memory.history().stream().map(KeyEvent::reason).collect(Collectors.toList());
  }

  @Test
  void forgetsTheOldestEvents() {
    for (int i = 0; i < 10_050; i++) {
      KeyEvent event =
          KeyEvent.of(NOON, KeyEvent.Type.COOLING, PROVIDER, ALICE, "****", "no. " + i);
      memory.append(Collections.singletonList(event));
    }

    assertThat(memory.history()).hasSize(10_000);
    assertThat(memory.history().get(0).reason()).isEqualTo("no. 50");
  }
}
