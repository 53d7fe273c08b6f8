package dev.latchkey.agent.build;

import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes a method that only hands on: it branches nowhere, so it needs no stack map. */
final class Straight {
  /** The most that boxing or unboxing one value needs beside those that lie there already. */
  private static final int SPARE = 4;

  private final MethodVisitor to;
  private final Casts casts;
  private int stack = SPARE;
  private int locals;

  Straight(MethodVisitor to) {
    this.to = to;
    this.casts = new Casts(to);
    to.visitCode();
  }

  void begin(String type) {
    to.visitTypeInsn(Opcodes.NEW, type);
    to.visitInsn(Opcodes.DUP);
    stack += 2;
  }

  void field(String owner, String name, Type type) {
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitFieldInsn(Opcodes.GETFIELD, owner, name, type.getDescriptor());
    stack += type.getSize();
  }

  /** Loads the parameters from that slot on, each as the type that is wanted. */
  void load(int from, List<Type> given, List<Type> wanted) {
    locals = from;
    for (int i = 0; i < given.size(); i++) {
      to.visitVarInsn(given.get(i).getOpcode(Opcodes.ILOAD), locals);
      locals += given.get(i).getSize();
      stack += 2;
      casts.cast(given.get(i), wanted.get(i));
    }
  }

  void call(Handle code) {
    int opcode;
    switch (code.getTag()) {
      case Opcodes.H_INVOKESTATIC:
        opcode = Opcodes.INVOKESTATIC;
        break;
      case Opcodes.H_INVOKEINTERFACE:
        opcode = Opcodes.INVOKEINTERFACE;
        break;
      case Opcodes.H_INVOKEVIRTUAL:
        opcode = Opcodes.INVOKEVIRTUAL;
        break;
      default:
        opcode = Opcodes.INVOKESPECIAL;
    }
    to.visitMethodInsn(opcode, code.getOwner(), code.getName(), code.getDesc(), code.isInterface());
  }

  /** Returns what lies on the stack, as the type that is wanted. */
  void end(Type given, Type wanted) {
    if (wanted.getSort() != Type.VOID) casts.cast(given, wanted);
    to.visitInsn(wanted.getOpcode(Opcodes.IRETURN));
    to.visitMaxs(stack, locals == 0 ? 1 : locals);
    to.visitEnd();
  }
}
