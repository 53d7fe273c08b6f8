package dev.latchkey.agent.build;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Turns a value into another type as a lambda may: casts, boxes, unboxes, widens. */
final class Casts {
  private static final String OBJECT = "java/lang/Object";
  private static final String PRIMITIVES = "ZCBSIJFD";
  private static final String[] BOXES = {
    "Boolean", "Character", "Byte", "Short", "Integer", "Long", "Float", "Double"
  };

  private final MethodVisitor to;

  Casts(MethodVisitor to) {
    this.to = to;
  }

  void cast(Type given, Type wanted) {
    if (given.equals(wanted)) return;
    boolean primitive = isPrimitive(given);
    if (primitive && isPrimitive(wanted)) widen(given, wanted);
    else if (primitive) box(given);
    else if (isPrimitive(wanted)) unbox(given, wanted);
    else if (!wanted.getInternalName().equals(OBJECT)) castReference(wanted);
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  private void castReference(Type wanted) {
    to.visitTypeInsn(Opcodes.CHECKCAST, wanted.getInternalName());
  }

  private void box(Type given) {
    String box = box(given.getDescriptor());
    String descriptor = "(" + given.getDescriptor() + ")L" + box + ";";
    to.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", descriptor, false);
  }

  private void unbox(Type given, Type wanted) {
    String primitive = primitive(given.getInternalName());
    if (primitive.isEmpty()) {
      primitive = wanted.getDescriptor();
      castReference(Type.getObjectType(box(primitive)));
    }
    Type held = Type.getType(primitive);
    String method = held.getClassName() + "Value";
    to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box(primitive), method, "()" + primitive, false);
    widen(held, wanted);
  }

  private static String box(String primitive) {
    return "java/lang/" + BOXES[PRIMITIVES.indexOf(primitive)];
  }

  private static String primitive(String box) {
    for (int i = 0; i < BOXES.length; i++) {
      if (box.equals("java/lang/" + BOXES[i])) return PRIMITIVES.substring(i, i + 1);
    }
    return "";
  }

  private void widen(Type given, Type wanted) {
    String way =
        (given.getSize() == 1 && given.getSort() != Type.FLOAT ? "I" : given.getDescriptor())
            + wanted.getDescriptor();
    switch (way) {
      case "IJ":
        to.visitInsn(Opcodes.I2L);
        break;
      case "IF":
        to.visitInsn(Opcodes.I2F);
        break;
      case "ID":
        to.visitInsn(Opcodes.I2D);
        break;
      case "JF":
        to.visitInsn(Opcodes.L2F);
        break;
      case "JD":
        to.visitInsn(Opcodes.L2D);
        break;
      case "FD":
        to.visitInsn(Opcodes.F2D);
        break;
      default:
        // The same to the JVM, or narrower, which no lambda may be: the verifier would tell.
    }
  }
}
