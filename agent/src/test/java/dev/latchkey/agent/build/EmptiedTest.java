package dev.latchkey.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EmptiedTest {
  /** Two methods, both of which are to be noticed. */
  public static class Counter {
    private int count;

    /** Adds what the parameters come to. */
    public void add(long a, int b, double c) {
      count += (int) a + b + (int) c;
    }

    /** Adds one. */
    public void increment() {
      count++;
    }

    /** The sum. */
    public int count() {
      return count;
    }
  }

  @Test
  void methodReturnsAtOnceAndTheOthersAreAsTheyWere() throws Exception {
    Object counter = new Child(Emptied.of(ClassFile.of(Counter.class), "add")).counter();
    counter
        .getClass()
        .getMethod("add", long.class, int.class, double.class)
        .invoke(counter, 7L, 7, 7.0);
    counter.getClass().getMethod("increment").invoke(counter);

    assertThat(counter.getClass().getMethod("count").invoke(counter)).isEqualTo(1);
  }

  @Test
  void methodThatIsNotThereOrReturnsSomethingIsRefused() throws Exception {
    byte[] file = ClassFile.of(Counter.class);

    assertThatThrownBy(() -> Emptied.of(file, "increment", "decrement"))
        .hasMessageContaining("EmptiedTest$Counter has no [decrement]");
    assertThatThrownBy(() -> Emptied.of(file, "count")).hasMessageContaining("has no [count]");
  }

  private static final class Child extends ClassLoader {
    private final byte[] file;

    Child(byte[] file) {
      super(EmptiedTest.class.getClassLoader());
      this.file = file;
    }

    Object counter() throws Exception {
      return defineClass(Counter.class.getName(), file, 0, file.length)
          .getConstructor()
          .newInstance();
    }
  }
}
