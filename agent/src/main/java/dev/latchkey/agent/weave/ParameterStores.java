package dev.latchkey.agent.weave;

import dev.latchkey.agent.client.Hook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods with an EXIT hook that assign to a parameter. At their returns the parameter's
 * slot may hold anything, of any type: passing it could make the class fail verification.
 */
final class ParameterStores extends ClassVisitor {
  private final List<Joint> joints;
  private final Set<Joint> found = new HashSet<>();

  private ParameterStores(List<Joint> joints) {
    super(Opcodes.ASM9);
    this.joints = joints;
  }

  static Set<Joint> find(ClassReader reader, List<Joint> joints) {
    ParameterStores stores = new ParameterStores(joints);
    reader.accept(stores, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return stores.found;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    for (Joint joint : joints) {
      if (joint.hook.kind() == Hook.Kind.EXIT && joint.isAt(name, descriptor)) {
        return new Stores(joint, access, descriptor);
      }
    }
    return null;
  }

  private final class Stores extends MethodVisitor {
    private final Joint joint;
    private final int parameterSlots;

    Stores(Joint joint, int access, String descriptor) {
      super(Opcodes.ASM9);
      this.joint = joint;
      int slots = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
      this.parameterSlots = (access & Opcodes.ACC_STATIC) == 0 ? slots : slots - 1;
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
      if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE && slot < parameterSlots) {
        found.add(joint);
      }
    }
  }
}
