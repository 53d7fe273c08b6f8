package dev.latchkey.agent.build;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A class that says by casts what a compiler leaves to the JVM's verifier: that a value is of the
 * type which is declared for where it goes. Without the cast the verifier loads the value's own
 * class to find out. H2's parser alone makes it load the classes of 76 statements that nobody gives
 * (Java virtual machine specification, 4.10.1.2).
 */
final class Upcasts extends ClassVisitor {
  private final ClassTypes types;
  private final String owner;

  private Upcasts(ClassWriter copy, ClassTypes types, String owner) {
    super(Opcodes.ASM9, copy);
    this.types = types;
    this.owner = owner;
  }

  static byte[] of(byte[] classFile, ClassTypes types) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Upcasts(writer, types, reader.getClassName()), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new Body(
        super.visitMethod(access, name, descriptor, signature, exceptions),
        Type.getReturnType(descriptor));
  }

  /** Copies a method, with a cast before each place that takes the topmost value. */
  private final class Body extends MethodVisitor {
    private final Type returned;

    Body(MethodVisitor copy, Type returned) {
      super(Opcodes.ASM9, copy);
      this.returned = returned;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) cast(returned);
      super.visitInsn(opcode);
    }

    @Override
    public void visitFieldInsn(int opcode, String in, String name, String descriptor) {
      boolean written = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
      if (written) cast(Type.getType(descriptor));
      super.visitFieldInsn(opcode, in, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String in, String name, String descriptor, boolean inInterface) {
      Type[] arguments = Type.getArgumentTypes(descriptor);
      if (arguments.length > 0) cast(arguments[arguments.length - 1]);
      super.visitMethodInsn(opcode, in, name, descriptor, inInterface);
    }

    private void cast(Type to) {
      boolean helps =
          to.getSort() == Type.OBJECT && types.hasVisibleSubtypes(to.getInternalName(), owner);
      if (helps) super.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    }
  }
}
