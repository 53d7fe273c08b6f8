package dev.latchkey.filter.server;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Makes classes that were compiled for {@code jakarta.servlet} ones for {@code javax.servlet}. */
final class Javax {
  private static final Remapper NAMES =
      new Remapper() {
        @Override
        public String map(String name) {
          return name.replaceFirst("^jakarta/servlet/", "javax/servlet/");
        }
      };

  private Javax() {}

  static byte[] of(byte[] jakarta) {
    ClassWriter out = new ClassWriter(0);
    new ClassReader(jakarta).accept(new ClassRemapper(out, NAMES), 0);
    return out.toByteArray();
  }
}
