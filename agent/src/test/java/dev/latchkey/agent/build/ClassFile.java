package dev.latchkey.agent.build;

import dev.latchkey.agent.contract.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** The class file of a class of the tests or of a library. */
final class ClassFile {
  private ClassFile() {}

  static byte[] of(Class<?> type) throws IOException {
    String path = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(path)) {
      return Bytes.all(in);
    }
  }
}
