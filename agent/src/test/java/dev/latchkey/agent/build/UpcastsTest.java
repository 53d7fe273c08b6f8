package dev.latchkey.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UpcastsTest {
  private static final String[] KINDS = {"$Returned", "$Kept", "$Handed"};

  private final Map<String, byte[]> files = new HashMap<>();

  @BeforeEach
  void read() throws Exception {
    files.put("Statements.class", ClassFile.of(Statements.class));
    for (Class<?> type : Statements.class.getDeclaredClasses()) {
      files.put(type.getSimpleName() + ".class", ClassFile.of(type));
    }
  }

  @Test
  void verifierLoadsNoClassThatIsNotUsed() throws Exception {
    Recorded as = new Recorded(files.get("Statements.class"));
    as.statements();
    assertThat(as.names).contains(names());

    Recorded converted = new Recorded(converted());
    converted.statements();
    assertThat(converted.names).isNotEmpty().doesNotContain(names());
  }

  @Test
  void answersAreTheSame() throws Exception {
    Object statements = new Recorded(converted()).statements();
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(statements.getClass().getMethod("text", int.class).invoke(statements, i));
    }
    assertThat(answers).containsExactly("Returned", "Kept", "as argument Handed");
  }

  @Test
  void typesThatMayNotBeNamedOrNeedNoCastGetNone() {
    ClassTypes types = ClassTypes.of(files);
    String statement = Statements.class.getName().replace('.', '/') + "$Statement";
    String from = "dev/latchkey/agent/build/Any";

    assertThat(types.hasVisibleSubtypes(statement, "elsewhere/Any")).isTrue();
    assertThat(types.hasVisibleSubtypes(statement.replace("$Statement", "$Kept"), from)).isFalse();
    assertThat(types.hasVisibleSubtypes("java/lang/Number", from)).isFalse();
  }

  @Test
  void typeOfAnotherPackageThatIsNotPublicGetsNone() throws Exception {
    Map<String, byte[]> parent = new HashMap<>();
    parent.put("Parent.class", ClassFile.of(Parent.class));
    parent.put("Named.class", ClassFile.of(Named.class));
    ClassTypes types = ClassTypes.of(parent);
    String name = Parent.class.getName().replace('.', '/');

    assertThat(types.hasVisibleSubtypes(name, "dev/latchkey/agent/build/Any")).isTrue();
    assertThat(types.hasVisibleSubtypes(name, "dev/latchkey/agent/build/inner/Any")).isFalse();
    assertThat(types.hasVisibleSubtypes(name.replace("Parent", "Named"), name)).isFalse();
  }

  private byte[] converted() {
    return Upcasts.of(files.get("Statements.class"), ClassTypes.of(files));
  }

  private static String[] names() {
    String[] names = KINDS.clone();
    for (int i = 0; i < names.length; i++) names[i] = Statements.class.getName() + names[i];
    return names;
  }

  /** Loads these classes itself, and remembers which it was asked for. */
  private final class Recorded extends ClassLoader {
    private final List<String> names = new ArrayList<>();
    private final byte[] statements;

    Recorded(byte[] statements) {
      super(UpcastsTest.class.getClassLoader());
      this.statements = statements;
    }

    Object statements() throws Exception {
      return loadClass(Statements.class.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith(Statements.class.getName())) {
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
      names.add(name);
      byte[] file = name.contains("$") ? files.get(simple(name) + ".class") : statements;
      return defineClass(name, file, 0, file.length);
    }

    private String simple(String name) {
      return name.substring(name.indexOf('$') + 1);
    }
  }
}
