package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Bytes;
import dev.latchkey.agent.contract.ClientDriver;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body that is still coming. */
final class Stream implements ClientDriver.Streaming {
  private final int status;
  private final @Nullable InputStream body;
  private final AutoCloseable close;

  Stream(int status, @Nullable InputStream body, AutoCloseable close) {
    this.status = status;
    this.body = body;
    this.close = close;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public byte[] read() throws Exception {
    return body == null ? new byte[0] : Bytes.some(body);
  }

  @Override
  public void close() throws Exception {
    close.close();
  }
}
