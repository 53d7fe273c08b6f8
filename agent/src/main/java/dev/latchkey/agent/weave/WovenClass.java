package dev.latchkey.agent.weave;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Copies a class and puts a {@link WovenMethod} wherever a hook is. */
final class WovenClass extends ClassVisitor {
  private final List<Joint> joints;
  private final Set<Joint> unsafe;
  private Type type = Type.VOID_TYPE;
  private int version;
  private boolean changed;

  WovenClass(ClassVisitor copy, List<Joint> joints, Set<Joint> unsafe) {
    super(Opcodes.ASM9, copy);
    this.joints = joints;
    this.unsafe = unsafe;
  }

  boolean changed() {
    return changed;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      String superName,
      String[] interfaces) {
    this.type = Type.getObjectType(name);
    this.version = version & 0xFFFF;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (copy == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) return copy;
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    MethodVisitor woven = copy;
    for (Joint joint : joints) {
      if (joint.isAt(name, descriptor) && !unsafe.contains(joint)) {
        changed = true;
        woven = new WovenMethod(woven, joint, type, version, isStatic);
      }
    }
    return woven;
  }
}
