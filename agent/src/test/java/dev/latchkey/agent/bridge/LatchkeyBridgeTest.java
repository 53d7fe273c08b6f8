package dev.latchkey.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task runs exactly once and for the right user, whatever the agent's own part does. */
@ExtendWith(BootBridge.class)
final class LatchkeyBridgeTest {
  private static final Awkward CARRIER = new Awkward();

  @BeforeAll
  static void carry() {
    LatchkeyBridge.carry(CARRIER);
  }

  @AfterEach
  void nobody() {
    CARRIER.faulty = false;
    CARRIER.next = null;
    CARRIER.submitted.clear();
    LatchkeyBridge.owner(null);
  }

  @Test
  void taskRunsForItsUserAndTheThreadIsWhoseItWas() {
    LatchkeyBridge.owner("bob");
    CARRIER.next = alice();
    List<String> who = new ArrayList<>();
    LatchkeyBridge.run(() -> who.add(LatchkeyBridge.owner()));
    assertThat(who).containsExactly("alice");
    assertThat(LatchkeyBridge.owner()).isEqualTo("bob");
  }

  @Test
  void taskThatThrowsGivesTheThreadBack() {
    CARRIER.next = alice();
    Runnable throwing =
        () -> {
          throw new IllegalStateException(LatchkeyBridge.owner());
        };
    assertThatThrownBy(() -> LatchkeyBridge.run(throwing)).hasMessage("alice");
    assertThat(LatchkeyBridge.owner()).isNull();
  }

  @Test
  void faultOfOursChangesNothing() {
    CARRIER.faulty = true;
    LatchkeyBridge.owner("alice");
    List<String> who = new ArrayList<>();
    Runnable task = () -> who.add("" + LatchkeyBridge.owner());
    LatchkeyBridge.submitted(this, task);
    LatchkeyBridge.rejected(task);
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
    CARRIER.next = alice();
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
    CARRIER.next = alice();
    LatchkeyBridge.begin("outer", this);
    assertThat(LatchkeyBridge.owner()).isEqualTo("alice");
    CARRIER.next = new AtomicMarkableReference<>("carol", true);
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
    assertThat(CARRIER.submitted).isEmpty();
  }

  @Test
  void requestGoesOnUntilItsThreadIsNobodysOrAnothers() {
    LatchkeyBridge.owner("alice");
    LatchkeyBridge.submitted(this, "task");
    LatchkeyBridge.owner("alice");
    assertThat(CARRIER.submitted.get(0).isMarked()).isTrue();
    LatchkeyBridge.owner("bob");
    assertThat(CARRIER.submitted.get(0).isMarked()).isFalse();
    LatchkeyBridge.submitted(this, "task");
    Object request = LatchkeyBridge.leave();
    assertThat(LatchkeyBridge.owner()).isNull();
    assertThat(CARRIER.submitted.get(1).isMarked()).isTrue();
    LatchkeyBridge.ended(request);
    LatchkeyBridge.ended(null);
    assertThat(CARRIER.submitted.get(1).isMarked()).isFalse();
  }

  private static AtomicMarkableReference<@Nullable String> alice() {
    return new AtomicMarkableReference<>("alice", true);
  }

  /** Gives what the test says, or fails in everything. */
  private static final class Awkward extends LatchkeyBridge {
    private final List<AtomicMarkableReference<@Nullable String>> submitted = new ArrayList<>();
    private boolean faulty;
    private @Nullable AtomicMarkableReference<@Nullable String> next;

    @Override
    protected void onSubmit(
        Object by, Object task, AtomicMarkableReference<@Nullable String> caller) {
      fail();
      submitted.add(caller);
    }

    @Override
    protected @Nullable AtomicMarkableReference<@Nullable String> onRun(Object task) {
      fail();
      return next;
    }

    @Override
    protected @Nullable AtomicMarkableReference<@Nullable String> onThread(Thread thread) {
      fail();
      return null;
    }

    @Override
    protected Runnable onStart(Runnable task, AtomicMarkableReference<@Nullable String> caller) {
      fail();
      return task;
    }

    private void fail() {
      if (faulty) throw new LinkageError("ours");
    }
  }
}
