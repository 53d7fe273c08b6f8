package dev.latchkey.agent.build;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A class some of whose methods return at once. */
final class Emptied extends ClassVisitor {
  private final Set<String> left;

  private Emptied(ClassWriter copy, String... methods) {
    super(Opcodes.ASM9, copy);
    left = new HashSet<>(Arrays.asList(methods));
  }

  /**
   * The class without what these methods do.
   *
   * @param methods names of methods that return nothing, none of which is overloaded
   * @throws IllegalArgumentException if the class has no such method
   */
  static byte[] of(byte[] classFile, String... methods) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    Emptied emptied = new Emptied(writer, methods);
    reader.accept(emptied, 0);
    if (emptied.left.isEmpty()) return writer.toByteArray();
    throw new IllegalArgumentException(
        reader.getClassName() + " has no " + emptied.left + "; look at what it has instead");
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean empty = Type.getReturnType(descriptor) == Type.VOID_TYPE && left.remove(name);
    if (!empty) return copy;
    copy.visitCode();
    copy.visitInsn(Opcodes.RETURN);
    // The parameters, of which a long or a double takes two slots, and this.
    copy.visitMaxs(0, Type.getArgumentsAndReturnSizes(descriptor) >> 2);
    copy.visitEnd();
    return null;
  }
}
