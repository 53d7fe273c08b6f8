package dev.latchkey.agent.client.apache4;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** The entity that came, its content from the first byte on although we have looked at it. */
final class PeekedEntity extends HttpEntityWrapper {
  private final InputStream content;

  PeekedEntity(HttpEntity entity, InputStream content) {
    super(entity);
    this.content = content;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = content) {
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    }
  }
}
