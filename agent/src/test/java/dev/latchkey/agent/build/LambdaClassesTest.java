package dev.latchkey.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

final class LambdaClassesTest {
  private final Map<String, byte[]> classes = new HashMap<>();

  @Test
  void lambdasAnswerAsBefore() throws Exception {
    convert(Lambdas.class, Parent.class, Named.class);
    convert(Lambdas.class.getDeclaredClasses());

    assertThat(new Converted().answers()).isEqualTo(new Lambdas().get()).hasSizeGreaterThan(20);
  }

  @Test
  void onlyTheOneThatCanBeSerializedIsLeft() throws Exception {
    convert(Lambdas.class, Named.class);

    List<String> left = new ArrayList<>();
    for (byte[] file : classes.values()) left.addAll(lambdas(file));
    // Where it is made, and where it is read back.
    assertThat(left).containsExactly("altMetafactory", "altMetafactory");
    assertThat(lambdas(ClassFile.of(Lambdas.class))).hasSizeGreaterThan(20);
  }

  @Test
  void classWithoutLambdasStaysAsItIs() throws Exception {
    byte[] original = ClassFile.of(Parent.class);
    convert(Parent.class);
    assertThat(classes).hasSize(1);
    assertThat(classes.values()).containsExactly(original);
  }

  private void convert(Class<?>... types) throws IOException {
    for (Class<?> type : types) {
      LambdaClasses.of(ClassFile.of(type))
          .forEach((name, file) -> classes.put(name.replace('/', '.'), file));
    }
  }

  /** The names of the factory methods that a class's lambdas are made by. */
  private static List<String> lambdas(byte[] file) {
    List<String> found = new ArrayList<>();
    new ClassReader(file)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInvokeDynamicInsn(
                      String name, String descriptor, Handle by, Object... arguments) {
                    found.add(by.getName());
                  }
                };
              }
            },
            0);
    return found;
  }

  /** Loads the converted classes, which the JVM verifies as it does any. */
  private final class Converted extends ClassLoader {
    Converted() {
      super(LambdaClassesTest.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    List<Object> answers() throws Exception {
      Class<?> type = loadClass(Lambdas.class.getName());
      assertThat(type).isNotSameAs(Lambdas.class);
      return ((Supplier<List<Object>>) type.getConstructor().newInstance()).get();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] file = classes.get(name);
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      return file == null
          ? super.loadClass(name, resolve)
          : defineClass(name, file, 0, file.length);
    }
  }
}
