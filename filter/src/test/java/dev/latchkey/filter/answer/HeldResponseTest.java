package dev.latchkey.filter.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.filter.fake.FakeServlets;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class HeldResponseTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringWriter text = new StringWriter();
  private final FakeServlets real =
      FakeServlets.create()
          .answer("getOutputStream", new Out())
          .answer("getWriter", new PrintWriter(text))
          .answer("getContentType", "application/json")
          .answer("getCharacterEncoding", "UTF-8");
  private int ends;

  private HeldResponse held() {
    return new HeldResponse(real.as(HttpServletResponse.class), () -> ends++);
  }

  @Test
  void jsonIsHeldUntilItIsReleased() throws IOException {
    HeldResponse held = held();
    held.getWriter().write("{\"a\":1}");
    held.flushBuffer();
    assertThat(text.toString()).isEmpty();
    assertThat(held.isCommitted()).isTrue();
    held.release("true");
    assertThat(text.toString()).isEqualTo("{\"a\":1,\"api_key_status\":true}");
    held.release("true");
    held.getWriter().write(" ");
    assertThat(text.toString()).isEqualTo("{\"a\":1,\"api_key_status\":true} ");
  }

  @Test
  void otherAnswersNeverWait() throws IOException {
    real.answer("getContentType", "text/html");
    HeldResponse held = held();
    held.getOutputStream().write("{}".getBytes(UTF_8));
    assertThat(bytes.toString("UTF-8")).isEqualTo("{}");
    held.release("true");
    assertThat(bytes.toString("UTF-8")).isEqualTo("{}");
  }

  @Test
  void whatIsTooLongPassesFromThenOn() throws IOException {
    HeldResponse held = held();
    byte[] half = new byte[HeldResponse.LONGEST / 2 + 1];
    held.getOutputStream().write(half);
    assertThat(bytes.size()).isZero();
    held.getOutputStream().write(half);
    assertThat(bytes.size()).isEqualTo(2 * half.length);
    held.release("true");
    assertThat(bytes.size()).isEqualTo(2 * half.length);
  }

  @Test
  void whoeverReachesPastItEndsIt() throws IOException {
    HeldResponse held = held();
    held.getResponse();
    assertThat(ends).isZero();
    held.getWriter().write("{}");
    held.getResponse();
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void whatTheContainerAnswersInsteadStands() throws IOException {
    HeldResponse held = held();
    held.getWriter().write("{\"half\":");
    real.answer("isCommitted", true);
    held.release("true");
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void answerThatHasBegunIsNotHeld() throws IOException {
    real.answer("isCommitted", true);
    HeldResponse held = held();
    held.getWriter().write("{}");
    assertThat(text.toString()).isEqualTo("{}");
  }

  @Test
  void resetForgetsUnlessItWasFlushed() throws IOException {
    HeldResponse held = held();
    held.getWriter().write("{\"old\":1}");
    held.resetBuffer();
    held.getWriter().write("{}");
    held.flushBuffer();
    assertThatThrownBy(held::resetBuffer).isInstanceOf(IllegalStateException.class);
    held.release("1");
    assertThat(text.toString()).isEqualTo("{\"api_key_status\":1}");
  }

  @Test
  void digestsAndUnknownPackingLeaveItAsItIs() throws IOException {
    real.answer("containsHeader", "Content-MD5", true);
    HeldResponse signed = held();
    signed.getWriter().write("{}");
    signed.release("1");
    assertThat(text.toString()).isEqualTo("{}");
    real.answer("containsHeader", "Content-MD5", false);
    real.answer("getHeader", "Content-Encoding", "br");
    HeldResponse packed = held();
    packed.getOutputStream().write("{}".getBytes(UTF_8));
    packed.release("1");
    assertThat(bytes.toString("UTF-8")).isEqualTo("{}");
  }

  private final class Out extends ServletOutputStream {
    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
