package dev.latchkey.agent.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

final class HiddenTest {
  private final KeyedCall call = new HidingCall("lk-key");

  @Test
  void exceptionThatTellsNothingIsTheSame() {
    IOException fault = new IOException("timeout", new IllegalStateException());
    assertThat(Hidden.in(fault, call)).isSameAs(fault);
  }

  @Test
  void keyIsTakenOutAndTheClassStays() {
    Exception fault = new SocketTimeoutException("http://h/?k=lk-key timed out");
    Exception safe = Hidden.in(fault, call);
    assertThat(safe).isExactlyInstanceOf(SocketTimeoutException.class);
    assertThat(safe).hasMessage("http://h/?k=*** timed out");
    assertThat(safe.getStackTrace()).isEqualTo(fault.getStackTrace());
  }

  @Test
  void keyIsTakenOutOfCauses() {
    Exception fault = new IOException("outer", new IOException("lk-key"));
    assertThat(Hidden.in(fault, call)).hasMessage("outer").hasRootCauseMessage("***");
  }

  @Test
  void exceptionThatCannotBeMadeFromAMessageBecomesTheNearest() {
    assertThat(Hidden.in(new Odd("lk-key", 1), call)).isExactlyInstanceOf(IOException.class);
  }

  private static final class Odd extends IOException {
    private static final long serialVersionUID = 1;

    Odd(String message, int number) {
      super(message + number);
    }
  }
}
