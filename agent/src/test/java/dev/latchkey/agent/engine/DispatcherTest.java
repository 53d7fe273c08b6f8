package dev.latchkey.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.bridge.BootBridge;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No field and no signature here names the dispatcher: linking it needs the bridge. */
@ExtendWith(BootBridge.class)
final class DispatcherTest {
  @Test
  void filterThatStartsNeedsTheSettings() throws Exception {
    Opening opening = new Opening();
    ClassLoader home = DispatcherTest.class.getClassLoader();
    Engine engine = Engine.create(opening, home);
    engine.start();

    Dispatcher.create(Collections.emptyList(), home, engine).onUsersNear();

    assertThat(opening.begun.await(3, TimeUnit.SECONDS)).isTrue();
  }

  private static final class Opening implements Engine.Opener {
    final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public Engine.@Nullable Opened open() {
      begun.countDown();
      return null;
    }

    @Override
    public void failed(Throwable fault) {
      throw new AssertionError(fault);
    }
  }
}
