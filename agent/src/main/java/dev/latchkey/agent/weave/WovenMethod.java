package dev.latchkey.agent.weave;

import dev.latchkey.agent.client.Hook;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A method with the call of the bridge in it. */
final class WovenMethod extends MethodVisitor {
  private static final int OLDEST_WITH_FRAMES = Opcodes.V1_6;
  private static final int MOST_PUSHED = 6;
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String SITE = "ILjava/lang/Class;" + OBJECT;

  private final Joint joint;
  private final Type type;
  private final int version;
  private final boolean isStatic;

  WovenMethod(MethodVisitor copy, Joint joint, Type type, int version, boolean isStatic) {
    super(Opcodes.ASM9, copy);
    this.joint = joint;
    this.type = type;
    this.version = version;
    this.isStatic = isStatic;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (joint.hook.kind() == Hook.Kind.ENTRY) entry();
    if (joint.hook.kind() == Hook.Kind.AROUND) around();
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN && joint.hook.kind() == Hook.Kind.EXIT) exit();
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(maxStack + MOST_PUSHED, maxLocals);
  }

  private void entry() {
    pushSite();
    pushArguments(3);
    callBridge("entry", "(" + SITE + OBJECT + OBJECT + OBJECT + ")V");
  }

  private void around() {
    Label original = new Label();
    pushSite();
    pushArguments(3);
    callBridge("around", "(" + SITE + OBJECT + OBJECT + OBJECT + ")" + OBJECT);
    mv.visitInsn(Opcodes.DUP);
    mv.visitJumpInsn(Opcodes.IFNULL, original);
    castToResult();
    mv.visitInsn(Opcodes.ARETURN);
    mv.visitLabel(original);
    if (version >= OLDEST_WITH_FRAMES) {
      mv.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
    }
    mv.visitInsn(Opcodes.POP);
  }

  // The result stays below what is pushed, so neither a local variable nor a frame is needed.
  private void exit() {
    pushSite();
    pushArguments(2);
    callBridge("exit", "(" + OBJECT + SITE + OBJECT + OBJECT + ")" + OBJECT);
    castToResult();
  }

  private void pushSite() {
    mv.visitIntInsn(Opcodes.SIPUSH, joint.number);
    if (version >= Opcodes.V1_5) {
      mv.visitLdcInsn(type);
    } else {
      mv.visitInsn(Opcodes.ACONST_NULL); // No class constants before Java 5.
    }
    // In a constructor "this" is not an object yet and must not be passed.
    if (isStatic || joint.hook.method().equals("<init>")) {
      mv.visitInsn(Opcodes.ACONST_NULL);
    } else {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
    }
  }

  private void pushArguments(int count) {
    int slot = isStatic ? 0 : 1;
    int pushed = 0;
    for (Type argument : Type.getArgumentTypes(joint.hook.descriptor())) {
      if (pushed < count && argument.getSort() >= Type.ARRAY) {
        mv.visitVarInsn(Opcodes.ALOAD, slot);
        pushed++;
      }
      slot += argument.getSize();
    }
    for (; pushed < count; pushed++) mv.visitInsn(Opcodes.ACONST_NULL);
  }

  private void callBridge(String method, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.BRIDGE, method, descriptor, false);
  }

  private void castToResult() {
    mv.visitTypeInsn(
        Opcodes.CHECKCAST, Type.getReturnType(joint.hook.descriptor()).getInternalName());
  }
}
