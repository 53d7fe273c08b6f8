package dev.latchkey.agent.propagate;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A method with the calls of the bridge in it. No local variable is added, so that only WITHIN
 * needs a stack map frame: its handler knows of {@code this} and nothing else.
 */
final class PlaceMethod extends MethodVisitor {
  private static final String BRIDGE = LatchkeyBridge.class.getName().replace('.', '/');
  private static final int MOST_PUSHED = 2;
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String BOTH = "(" + OBJECT + OBJECT + ")V";
  private static final String RUNNABLE = "Ljava/lang/Runnable;";
  private static final String EXECUTE = "(Ljava/util/concurrent/Executor;" + RUNNABLE + ")V";

  private final Place place;
  private final String type;
  private final Label begin = new Label();

  PlaceMethod(MethodVisitor copy, Place place, String type) {
    super(Opcodes.ASM9, copy);
    this.place = place;
    this.type = type;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (place.kind) {
      case SUBMIT:
        submitted(0, place.slot);
        break;
      case FORGET:
        load(place.slot);
        bridge("forget", "(" + OBJECT + ")V");
        break;
      case START:
        load(place.slot);
        bridge("started", "(" + RUNNABLE + ")" + RUNNABLE);
        mv.visitVarInsn(Opcodes.ASTORE, place.slot);
        break;
      case NEXT:
        end();
        break;
      case WITHIN:
        load(0);
        load(0);
        bridge("begin", BOTH);
        mv.visitLabel(begin);
        break;
      default:
        break;
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (is(Place.Kind.RUN) && owner.equals("java/lang/Runnable") && name.equals("run")) {
      bridge("run", "(" + RUNNABLE + ")V");
      return;
    }
    if (is(Place.Kind.EXECUTE)
        && name.equals("execute")
        && descriptor.equals("(" + RUNNABLE + ")V")) {
      bridge("execute", EXECUTE);
      return;
    }
    if (is(Place.Kind.BEFORE) && name.equals(place.call)) top("submitted");
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      if (is(Place.Kind.STAGE)) submitted(1, 0);
      if (is(Place.Kind.NEXT)) top("begin");
      if (is(Place.Kind.WITHIN)) end();
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (is(Place.Kind.WITHIN)) endOfFault();
    super.visitMaxs(maxStack + MOST_PUSHED, maxLocals);
  }

  private void endOfFault() {
    Label fault = new Label();
    mv.visitTryCatchBlock(begin, fault, fault, null);
    mv.visitLabel(fault);
    mv.visitFrame(Opcodes.F_FULL, 1, new Object[] {type}, 1, new Object[] {"java/lang/Throwable"});
    end();
    mv.visitInsn(Opcodes.ATHROW);
  }

  private void end() {
    load(0);
    bridge("end", "(" + OBJECT + ")V");
  }

  private void submitted(int by, int task) {
    load(by);
    load(task);
    bridge("submitted", BOTH);
  }

  // Passes this and what is on top of the stack, which stays there.
  private void top(String method) {
    mv.visitInsn(Opcodes.DUP);
    load(0);
    mv.visitInsn(Opcodes.SWAP);
    bridge(method, BOTH);
  }

  private boolean is(Place.Kind kind) {
    return place.kind == kind;
  }

  private void load(int slot) {
    mv.visitVarInsn(Opcodes.ALOAD, slot);
  }

  private void bridge(String method, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, descriptor, false);
  }
}
