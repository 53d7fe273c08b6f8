package dev.latchkey.agent.client;

import org.jspecify.annotations.Nullable;

/**
 * One method that the agent weaves: three instructions that call the adapter. Only reference
 * arguments are passed, the first three (EXIT: two) of them. Immutable.
 */
public final class Hook {
  /** When the adapter is called, and what its result means. */
  public enum Kind {
    /** Before the method's first instruction, also before {@code super()}; result ignored. */
    ENTRY,
    /** Before the method; a result other than null is returned and the method does not run. */
    AROUND,
    /** Before each return; a result other than null is returned instead. */
    EXIT
  }

  private final Kind kind;
  private final String type;
  private final String method;
  private final String descriptor;
  private final @Nullable Class<?> first;

  private Hook(Kind kind, String type, String method, String descriptor, @Nullable Class<?> first) {
    this.kind = kind;
    this.type = type;
    this.method = method;
    this.descriptor = descriptor;
    this.first = first;
  }

  /** A hook at a method's or constructor's ({@code <init>}) entry. */
  public static Hook entry(String type, String method, String descriptor) {
    return new Hook(Kind.ENTRY, type, method, descriptor, null);
  }

  /**
   * A hook around a method that returns an object.
   *
   * @throws IllegalArgumentException for a constructor, or where no object is returned
   */
  public static Hook around(String type, String method, String descriptor) {
    return new Hook(Kind.AROUND, type, method, returningObject(method, descriptor), null);
  }

  /**
   * A hook at the returns of a method that returns an object. The method must not assign to its
   * parameters; one that does is not woven.
   *
   * @throws IllegalArgumentException for a constructor, or where no object is returned
   */
  public static Hook exit(String type, String method, String descriptor) {
    return new Hook(Kind.EXIT, type, method, returningObject(method, descriptor), null);
  }

  /**
   * The same, asked only where the first thing passed is of that JDK type. For methods that often
   * run for something else: the adapter isn't even loaded for that.
   */
  public Hook onlyFor(Class<?> jdkType) {
    return new Hook(kind, type, method, descriptor, jdkType);
  }

  /** When the adapter is called. */
  public Kind kind() {
    return kind;
  }

  /** The declaring class's internal name, such as {@code java/net/URL}. */
  public String type() {
    return type;
  }

  /** The method's name. */
  public String method() {
    return method;
  }

  /** The method's descriptor, such as {@code ()Ljava/net/URLConnection;}. */
  public String descriptor() {
    return descriptor;
  }

  /** The JDK type that the first thing passed must have; null for any. */
  public @Nullable Class<?> first() {
    return first;
  }

  /** Such as {@code EXIT java/net/URL.openConnection()Ljava/net/URLConnection;}. */
  @Override
  public String toString() {
    return kind + " " + type + "." + method + descriptor;
  }

  private static String returningObject(String method, String descriptor) {
    int result = descriptor.indexOf(')') + 1;
    if (result > 0 && descriptor.charAt(result) == 'L') return descriptor;
    throw new IllegalArgumentException("the method must return an object: " + method + descriptor);
  }
}
