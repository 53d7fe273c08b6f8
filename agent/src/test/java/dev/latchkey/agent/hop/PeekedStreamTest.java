package dev.latchkey.agent.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class PeekedStreamTest {
  private final InputStream rest = new ByteArrayInputStream(new byte[] {3, 4});
  private final byte[] prefix = {1, 2};

  @Test
  void whatWasPeekedComesFirst() throws IOException {
    InputStream stream = new PeekedStream(prefix, false, null, rest);
    byte[] buffer = new byte[10];
    assertThat(stream.available()).isEqualTo(4);
    assertThat(stream.read()).isEqualTo(1);
    assertThat(stream.read(buffer, 0, 10)).isEqualTo(1);
    assertThat(stream.read(buffer, 1, 9)).isEqualTo(2);
    assertThat(buffer).startsWith(2, 3, 4);
    assertThat(stream.read(buffer, 0, 10)).isEqualTo(-1);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void endThatWasMetIsMetAgain() throws IOException {
    InputStream stream = new PeekedStream(prefix, true, null, rest);
    assertThat(stream.read(new byte[2])).isEqualTo(2);
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read(new byte[1])).isEqualTo(-1);
  }

  @Test
  void faultThatWasMetIsMetAgain() throws IOException {
    IOException fault = new IOException("connection reset");
    InputStream stream = new PeekedStream(prefix, false, fault, rest);
    assertThat(stream.read(new byte[2])).isEqualTo(2);
    assertThatThrownBy(stream::read).isSameAs(fault);
    assertThatThrownBy(() -> stream.read(new byte[1])).isSameAs(fault);
  }
}
