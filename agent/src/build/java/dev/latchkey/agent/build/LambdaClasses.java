package dev.latchkey.agent.build;

import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A class without its lambdas: each has become a class of its own. The JVM makes such classes when
 * a lambda is first met, which takes it longer than to load one: see RATIONALE.md.
 */
final class LambdaClasses extends ClassVisitor {
  private final Map<String, byte[]> made = new LinkedHashMap<>();
  private String owner = "";
  private boolean inInterface;

  private LambdaClasses(ClassWriter copy) {
    super(Opcodes.ASM9, copy);
  }

  /** The class and those made of its lambdas, by their internal names. */
  static Map<String, byte[]> of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    // Not a copy of the reader's constants, where the lambdas would stay.
    ClassWriter writer = new ClassWriter(0);
    LambdaClasses without = new LambdaClasses(writer);
    reader.accept(without, 0);
    boolean same = without.made.isEmpty();
    without.made.put(reader.getClassName(), same ? classFile : writer.toByteArray());
    return without.made;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      String superName,
      String[] interfaces) {
    owner = name;
    inInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new Body(super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  /** Copies a method, but for the places where a lambda is made. */
  private final class Body extends MethodVisitor {
    Body(MethodVisitor copy) {
      super(Opcodes.ASM9, copy);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      if (!LambdaSite.isOne(bootstrap, arguments)) {
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        return;
      }
      LambdaSite site = new LambdaSite(owner, made.size(), name, descriptor, arguments);
      site.writeAccess(cv, inInterface);
      made.put(site.type(), site.written(inInterface));
      site.make(mv);
    }
  }
}
