package dev.latchkey.agent.client.huc;

import java.net.HttpURLConnection;

/** How the application wanted its body sent. Immutable. */
final class StreamingMode {
  static final StreamingMode NONE = new StreamingMode(-1, -1);

  private final long length;
  private final int chunk;

  private StreamingMode(long length, int chunk) {
    this.length = length;
    this.chunk = chunk;
  }

  static StreamingMode fixed(long length) {
    return new StreamingMode(length, -1);
  }

  static StreamingMode chunked(int chunk) {
    return new StreamingMode(-1, Math.max(chunk, 0));
  }

  boolean isStreaming() {
    return length >= 0 || chunk >= 0;
  }

  /** The promised length; -1 for none. */
  long length() {
    return length;
  }

  void applyTo(HttpURLConnection hop) {
    if (length >= 0) hop.setFixedLengthStreamingMode(length);
    if (chunk >= 0) hop.setChunkedStreamingMode(chunk);
  }
}
