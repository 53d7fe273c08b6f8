package dev.latchkey.agent.build;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;

/** What kind of type each class of the jar is, by internal names. */
final class ClassTypes {
  // The verifier takes every value for any interface, and looks at none for a final class.
  private static final int WITHOUT = Opcodes.ACC_INTERFACE | Opcodes.ACC_FINAL;

  private final Map<String, Integer> accesses = new HashMap<>();

  private ClassTypes() {}

  /** Of the class files among these files. */
  static ClassTypes of(Map<String, byte[]> files) {
    ClassTypes types = new ClassTypes();
    files.forEach(types::add);
    return types;
  }

  private void add(String name, byte[] file) {
    if (!name.endsWith(".class")) return;
    ClassReader reader = new ClassReader(file);
    accesses.put(reader.getClassName(), reader.getAccess());
  }

  /** Whether it is a class that others can extend, and that may be named where {@code from} is. */
  boolean hasVisibleSubtypes(String type, String from) {
    Integer access = accesses.get(type);
    if (access == null || (access & WITHOUT) != 0) return false;
    return (access & Opcodes.ACC_PUBLIC) != 0 || inPackageOf(type).equals(inPackageOf(from));
  }

  private static String inPackageOf(String type) {
    return type.substring(0, type.lastIndexOf('/') + 1);
  }
}
