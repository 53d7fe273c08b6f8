package dev.latchkey.agent.weave;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Makes a class as a library of that age would be: {@code Library(String)}, {@code String
 * send(String, long, String)} which has a branch, {@code static String find(String)} with two
 * returns, and {@code String reuse(String)} which assigns to its parameter.
 */
final class Library {
  static final String NAME = "library.Client";
  static final String TYPE = "library/Client";
  static final String SEND = "(Ljava/lang/String;JLjava/lang/String;)Ljava/lang/String;";
  static final String ONE = "(Ljava/lang/String;)Ljava/lang/String;";

  private Library() {}

  static byte[] ofVersion(int version) {
    // COMPUTE_FRAMES is ignored for versions that have none.
    ClassWriter out =
        new ClassWriter(
            version >= Opcodes.V1_6 ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS);
    out.visit(
        version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, TYPE, null, "java/lang/Object", null);
    out.visitField(Opcodes.ACC_PUBLIC, "name", "Ljava/lang/String;", null, null).visitEnd();
    // A long takes two places among the constants.
    out.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "VERSION", "J", null, 7_000_000_000L)
        .visitEnd();
    constructor(out);
    send(out);
    find(out);
    reuse(out);
    out.visitEnd();
    return out.toByteArray();
  }

  private static void constructor(ClassWriter out) {
    MethodVisitor m =
        out.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(Ljava/lang/String;)V", null, null);
    m.visitCode();
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitVarInsn(Opcodes.ALOAD, 1);
    m.visitFieldInsn(Opcodes.PUTFIELD, TYPE, "name", "Ljava/lang/String;");
    m.visitInsn(Opcodes.RETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  // return number == 0 ? first : second
  private static void send(ClassWriter out) {
    MethodVisitor m = out.visitMethod(Opcodes.ACC_PUBLIC, "send", SEND, null, null);
    Label other = new Label();
    m.visitCode();
    m.visitVarInsn(Opcodes.LLOAD, 2);
    m.visitInsn(Opcodes.LCONST_0);
    m.visitInsn(Opcodes.LCMP);
    m.visitJumpInsn(Opcodes.IFNE, other);
    m.visitVarInsn(Opcodes.ALOAD, 1);
    m.visitInsn(Opcodes.ARETURN);
    m.visitLabel(other);
    m.visitVarInsn(Opcodes.ALOAD, 4);
    m.visitInsn(Opcodes.ARETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  // return what == null ? "nothing" : what
  private static void find(ClassWriter out) {
    MethodVisitor m =
        out.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "find", ONE, null, null);
    Label nothing = new Label();
    m.visitCode();
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitJumpInsn(Opcodes.IFNULL, nothing);
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitInsn(Opcodes.ARETURN);
    m.visitLabel(nothing);
    m.visitLdcInsn("nothing");
    m.visitInsn(Opcodes.ARETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  private static void reuse(ClassWriter out) {
    MethodVisitor m = out.visitMethod(Opcodes.ACC_PUBLIC, "reuse", ONE, null, null);
    m.visitCode();
    m.visitInsn(Opcodes.ICONST_1);
    m.visitVarInsn(Opcodes.ISTORE, 1);
    m.visitLdcInsn("reused");
    m.visitInsn(Opcodes.ARETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }
}
