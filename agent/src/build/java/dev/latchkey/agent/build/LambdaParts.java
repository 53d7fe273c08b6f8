package dev.latchkey.agent.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes the members of a class made of a lambda: what it captured, and its methods. */
final class LambdaParts {
  private static final String OBJECT = "java/lang/Object";
  private static final int HIDDEN = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

  private final ClassWriter writer;
  private final String type;
  private final List<Type> captured;

  LambdaParts(ClassWriter writer, String type, Type[] captured) {
    this.writer = writer;
    this.type = type;
    this.captured = Arrays.asList(captured);
  }

  /** The constructor, and the fields that it fills. */
  void constructor() {
    MethodVisitor to = writer.visitMethod(0, "<init>", constructorDescriptor(), null, null);
    to.visitCode();
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    int slot = 1;
    for (int i = 0; i < captured.size(); i++) {
      Type value = captured.get(i);
      int flags = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
      writer.visitField(flags, field(i), value.getDescriptor(), null, null).visitEnd();
      to.visitVarInsn(Opcodes.ALOAD, 0);
      to.visitVarInsn(value.getOpcode(Opcodes.ILOAD), slot);
      to.visitFieldInsn(Opcodes.PUTFIELD, type, field(i), value.getDescriptor());
      slot += value.getSize();
    }
    to.visitInsn(Opcodes.RETURN);
    to.visitMaxs(3, slot);
    to.visitEnd();
  }

  /** The one instance of a lambda that captured nothing. */
  void only(String name, Type shown) {
    int flags = HIDDEN | Opcodes.ACC_FINAL;
    writer.visitField(flags, name, shown.getDescriptor(), null, null).visitEnd();
    MethodVisitor to = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    Straight body = new Straight(to);
    body.begin(type);
    body.call(created());
    to.visitFieldInsn(Opcodes.PUTSTATIC, type, name, shown.getDescriptor());
    body.end(Type.VOID_TYPE, Type.VOID_TYPE);
  }

  /** Makes one of what it is to capture. */
  void factory(String name, Type shown) {
    String descriptor = Type.getMethodDescriptor(shown, captured.toArray(new Type[0]));
    Straight body = new Straight(writer.visitMethod(HIDDEN, name, descriptor, null, null));
    body.begin(type);
    body.load(0, captured, captured);
    body.call(created());
    body.end(shown, shown);
  }

  /** The method of the interface: hands everything to {@code code}. */
  void method(String name, String descriptor, Type called, Handle code) {
    Type signature = Type.getMethodType(descriptor);
    MethodVisitor to = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    Straight body = new Straight(to);
    for (int i = 0; i < captured.size(); i++) body.field(type, field(i), captured.get(i));
    List<Type> given = new ArrayList<>(Arrays.asList(signature.getArgumentTypes()));
    body.load(1, given, Arrays.asList(called.getArgumentTypes()));
    body.call(code);
    body.end(called.getReturnType(), signature.getReturnType());
  }

  private Handle created() {
    int tag = Opcodes.H_NEWINVOKESPECIAL;
    return new Handle(tag, type, "<init>", constructorDescriptor(), false);
  }

  private String constructorDescriptor() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, captured.toArray(new Type[0]));
  }

  private static String field(int number) {
    return "captured" + number;
  }
}
