package dev.latchkey.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A task runs exactly once and for the right user, whatever the agent's own part does. No field and
 * no signature here names the bridge: it would be loaded while JUnit looks for tests.
 */
@ExtendWith(BootBridge.class)
final class LatchkeyBridgeTest {
  @BeforeAll
  static void carry() {
    FakeCarrier.install();
  }

  @AfterEach
  void nobody() {
    FakeCarrier.reset();
    LatchkeyBridge.owner(null);
  }

  @Test
  void taskRunsForItsUserAndTheThreadIsWhoseItWas() {
    LatchkeyBridge.owner("bob");
    FakeCarrier.gives("alice");
    List<String> who = new ArrayList<>();
    LatchkeyBridge.run(() -> who.add(LatchkeyBridge.owner()));
    assertThat(who).containsExactly("alice");
    assertThat(LatchkeyBridge.owner()).isEqualTo("bob");
  }

  @Test
  void taskThatThrowsGivesTheThreadBack() {
    FakeCarrier.gives("alice");
    Runnable throwing =
        () -> {
          throw new IllegalStateException(LatchkeyBridge.owner());
        };
    assertThatThrownBy(() -> LatchkeyBridge.run(throwing)).hasMessage("alice");
    assertThat(LatchkeyBridge.owner()).isNull();
  }

  @Test
  void faultOfOursChangesNothing() {
    FakeCarrier.fails();
    LatchkeyBridge.owner("alice");
    List<String> who = new ArrayList<>();
    Runnable task = () -> who.add("" + LatchkeyBridge.owner());
    LatchkeyBridge.submitted(this, task);
    LatchkeyBridge.forget(task);
    LatchkeyBridge.run(task);
    LatchkeyBridge.execute(Runnable::run, task);
    LatchkeyBridge.begin(this, task);
    LatchkeyBridge.end(this);
    LatchkeyBridge.started(task).run();
    assertThat(who).containsExactly("alice", "null", "alice");
    LatchkeyBridge.owner(null);
    assertThat(LatchkeyBridge.owner()).isNull();
  }

  @Test
  void stageThatIsRefusedGivesTheThreadBack() {
    LatchkeyBridge.owner("bob");
    FakeCarrier.gives("alice");
    assertThatThrownBy(
            () ->
                LatchkeyBridge.execute(
                    stage -> {
                      throw new RejectedExecutionException(LatchkeyBridge.owner());
                    },
                    () -> {}))
        .hasMessage("alice");
    assertThat(LatchkeyBridge.owner()).isEqualTo("bob");
  }

  @Test
  void whatIsBegunEndsEvenIfSomethingInItDidNot() {
    LatchkeyBridge.owner("bob");
    FakeCarrier.gives("alice");
    LatchkeyBridge.begin("outer", this);
    assertThat(LatchkeyBridge.owner()).isEqualTo("alice");
    FakeCarrier.gives("carol");
    LatchkeyBridge.begin("inner", this);
    assertThat(LatchkeyBridge.owner()).isEqualTo("carol");
    LatchkeyBridge.end("outer");
    assertThat(LatchkeyBridge.owner()).isEqualTo("bob");
    LatchkeyBridge.end("inner");
    assertThat(LatchkeyBridge.owner()).isEqualTo("bob");
  }

  @Test
  void nobodysTasksAreNotSubmitted() {
    LatchkeyBridge.submitted(this, "task");
    LatchkeyBridge.execute(stage -> LatchkeyBridge.submitted(this, stage), () -> {});
    assertThat(FakeCarrier.submitted()).isEmpty();
  }

  @Test
  void requestGoesOnUntilItsThreadIsNobodysOrAnothers() {
    LatchkeyBridge.owner("alice");
    LatchkeyBridge.submitted(this, "task");
    LatchkeyBridge.owner("alice");
    assertThat(FakeCarrier.submitted().get(0).isMarked()).isTrue();
    LatchkeyBridge.owner("bob");
    assertThat(FakeCarrier.submitted().get(0).isMarked()).isFalse();
    LatchkeyBridge.submitted(this, "task");
    Object request = LatchkeyBridge.leave();
    assertThat(LatchkeyBridge.owner()).isNull();
    assertThat(FakeCarrier.submitted().get(1).isMarked()).isTrue();
    LatchkeyBridge.ended(request);
    LatchkeyBridge.ended(null);
    assertThat(FakeCarrier.submitted().get(1).isMarked()).isFalse();
  }
}
