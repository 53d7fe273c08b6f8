package dev.latchkey.agent.build;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** One lambda of each kind there is; tells what they answered. */
public final class Lambdas extends Parent implements Supplier<List<Object>>, Named {
  private final List<Object> answers = new ArrayList<>();
  private final String name = "mine";

  /** Its method has a bridge. */
  interface Twice extends Function<String, String> {
    @Override
    String apply(String value);
  }

  /** A marker. */
  interface Marked {}

  private static final class Held {
    private final long sum;

    private Held(int one, long two) {
      sum = one + two;
    }
  }

  @Override
  public List<Object> get() {
    captures(1, 2L, 3.5f, 4.5, true, 'c', "s", new int[] {7});
    references();
    numbers();
    shapes();
    return answers;
  }

  private void captures(
      int i, long l, float f, double d, boolean b, char c, String s, int[] array) {
    Supplier<String> all = () -> "" + i + l + f + d + b + c + s + array[0] + name;
    answers.add(all.get());
    Runnable nothing = () -> answers.add("ran");
    nothing.run();
    Supplier<Supplier<String>> nested = () -> () -> name + s;
    answers.add(nested.get().get());
  }

  private void references() {
    Function<String, Integer> unbound = String::length;
    Supplier<Integer> bound = name::length;
    BiFunction<Integer, Long, Held> constructed = Held::new;
    IntFunction<String[]> array = String[]::new;
    Function<Object, Boolean> onInterface = answers::add;
    Supplier<String> own = this::secret;
    Supplier<String> parents = super::inherited;
    Callable<String> ofInterface = Named.super::named;
    answers.addAll(Arrays.asList(unbound.apply("four"), bound.get()));
    answers.add(constructed.apply(3, 4L).sum);
    answers.add(array.apply(5).length);
    onInterface.apply("added");
    answers.addAll(Arrays.asList(own.get(), parents.get()));
    try {
      answers.add(ofInterface.call());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void numbers() {
    IntBinaryOperator plain = Math::max;
    ToLongFunction<Integer> unboxedAndWidened = Integer::intValue;
    ToDoubleFunction<Integer> toDouble = i -> i;
    LongFunction<Object> boxed = l -> l + 1;
    Function<Integer, Long> widened = Lambdas::twice;
    Function<Character, Integer> characters = Lambdas::code;
    Comparator<String> byLength = Comparator.comparingInt(String::length);
    answers.add(plain.applyAsInt(3, 9));
    answers.add(unboxedAndWidened.applyAsLong(8));
    answers.add(toDouble.applyAsDouble(2));
    answers.add(boxed.apply(5));
    answers.add(widened.apply(21));
    answers.add(characters.apply('a'));
    answers.add(byLength.compare("a", "bbb") < 0);
  }

  @SuppressWarnings("unchecked")
  private void shapes() {
    Twice twice = value -> value + value;
    Function<String, String> bridged = twice;
    answers.add(bridged.apply("ab"));
    Function<String, String> marked = (Function<String, String> & Marked) value -> "m" + value;
    answers.add(marked instanceof Marked);
    answers.add(marked.apply("k"));
    Supplier<String> kept = (Supplier<String> & Serializable) () -> "serializable";
    answers.add(kept.get());
    answers.add(same() == same());
    answers.add(Named.of("x").get());
  }

  private static Supplier<String> same() {
    return () -> "one for all";
  }

  private String secret() {
    return "secret of " + name;
  }

  private static long twice(int value) {
    return 2L * value;
  }

  private static int code(int character) {
    return character;
  }
}
