package dev.latchkey.agent.weave;

import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;

/** The classes that a class names. */
public final class ClassReferences {
  private static final int CLASS = 7; // A tag of the constant pool: JVMS 4.4.

  private ClassReferences() {}

  /** Their internal names, the class's own and arrays among them. */
  public static Set<String> in(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> names = new LinkedHashSet<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0 && reader.readByte(item - 1) == CLASS) names.add(reader.readUTF8(item, buffer));
    }
    return names;
  }
}
