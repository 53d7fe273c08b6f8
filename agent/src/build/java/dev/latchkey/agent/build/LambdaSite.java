package dev.latchkey.agent.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A place where a lambda is made, as {@code java.lang.invoke.LambdaMetafactory} describes it. The
 * class made of it calls a static method beside the lambda's code, which may be private.
 */
final class LambdaSite {
  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final String OBJECT = "java/lang/Object";
  private static final String ONLY = "ONLY";
  private static final int SERIALIZABLE = 1;
  private static final int MARKERS = 2;
  private static final int BRIDGES = 4;

  private final String owner;
  private final String type;
  private final String access;
  private final String method;
  private final Type[] captured;
  private final Type shown;
  private final Handle code;
  private final Type called;
  private final Set<String> interfaces = new LinkedHashSet<>();
  private final Set<String> descriptors = new LinkedHashSet<>();

  LambdaSite(String owner, int number, String method, String descriptor, Object[] arguments) {
    this.owner = owner;
    this.type = owner + "$$Lambda" + number;
    this.access = "lambda$$" + number;
    this.method = method;
    captured = Type.getArgumentTypes(descriptor);
    shown = Type.getReturnType(descriptor);
    descriptors.add(((Type) arguments[0]).getDescriptor());
    code = (Handle) arguments[1];
    called = (Type) arguments[2];
    interfaces.add(shown.getInternalName());
    if (arguments.length > 3) addAlternatives(arguments);
  }

  /** Whether that makes a lambda; one that can be serialized is not ours to touch. */
  static boolean isOne(Handle bootstrap, Object[] arguments) {
    return bootstrap.getOwner().equals(FACTORY)
        && (arguments.length == 3 || ((int) arguments[3] & SERIALIZABLE) == 0);
  }

  private void addAlternatives(Object[] arguments) {
    int flags = (int) arguments[3];
    int at = 4;
    if ((flags & MARKERS) != 0) {
      int end = at + 1 + (int) arguments[at++];
      while (at < end) interfaces.add(((Type) arguments[at++]).getInternalName());
    }
    if ((flags & BRIDGES) != 0) {
      int end = at + 1 + (int) arguments[at++];
      while (at < end) descriptors.add(((Type) arguments[at++]).getDescriptor());
    }
  }

  /** The internal name of the class that is made. */
  String type() {
    return type;
  }

  /** Makes the lambda, of what lies on the stack. */
  void make(MethodVisitor to) {
    if (captured.length == 0) {
      to.visitFieldInsn(Opcodes.GETSTATIC, type, ONLY, shown.getDescriptor());
    } else {
      String descriptor = Type.getMethodDescriptor(shown, captured);
      to.visitMethodInsn(Opcodes.INVOKESTATIC, type, "of", descriptor, false);
    }
  }

  /** Writes the method, beside the lambda's code, that runs it. */
  void writeAccess(ClassVisitor to, boolean inInterface) {
    int flags = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    MethodVisitor writer =
        to.visitMethod(
            inInterface ? flags | Opcodes.ACC_PUBLIC : flags,
            access,
            accessDescriptor(),
            null,
            null);
    Straight body = new Straight(writer);
    boolean constructs = code.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    if (constructs) body.begin(code.getOwner());
    body.load(0, accessTypes(), codeTypes(constructs));
    body.call(code);
    Type result = constructs ? Type.getObjectType(code.getOwner()) : code(code).getReturnType();
    body.end(result, called.getReturnType());
  }

  private List<Type> accessTypes() {
    List<Type> types = new ArrayList<>(Arrays.asList(captured));
    types.addAll(Arrays.asList(called.getArgumentTypes()));
    return types;
  }

  private List<Type> codeTypes(boolean constructs) {
    List<Type> types = new ArrayList<>();
    boolean isStatic = code.getTag() == Opcodes.H_INVOKESTATIC;
    if (!isStatic && !constructs) types.add(Type.getObjectType(code.getOwner()));
    types.addAll(Arrays.asList(code(code).getArgumentTypes()));
    return types;
  }

  private String accessDescriptor() {
    return Type.getMethodDescriptor(called.getReturnType(), accessTypes().toArray(new Type[0]));
  }

  private static Type code(Handle handle) {
    return Type.getMethodType(handle.getDesc());
  }

  /** The class file. */
  byte[] written(boolean inInterface) {
    ClassWriter writer = new ClassWriter(0);
    int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    writer.visit(Opcodes.V1_8, flags, type, null, OBJECT, interfaces.toArray(new String[0]));
    LambdaParts parts = new LambdaParts(writer, type, captured);
    parts.constructor();
    if (captured.length == 0) parts.only(ONLY, shown);
    else parts.factory("of", shown);
    Handle to = new Handle(Opcodes.H_INVOKESTATIC, owner, access, accessDescriptor(), inInterface);
    for (String descriptor : descriptors) parts.method(method, descriptor, called, to);
    writer.visitEnd();
    return writer.toByteArray();
  }
}
