package dev.latchkey.filter.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** The cheapest client there is: one connection, one request after the other. */
final class Connection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[4096];

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a request and gives back the whole answer. */
  String send(String method, String path) throws IOException {
    String request =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    return new String(buffer, 0, send(request.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  /** Sends a request and reads the answer, whose length it gives back. */
  int send(byte[] request) throws IOException {
    out.write(request);
    int length = 0;
    while (length < 5 || buffer[length - 5] != 'h' || buffer[length - 1] != 'o') {
      int n = in.read(buffer, length, buffer.length - length);
      if (n < 0) throw new IOException("closed after " + new String(buffer, 0, length, ISO_8859_1));
      length += n;
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
