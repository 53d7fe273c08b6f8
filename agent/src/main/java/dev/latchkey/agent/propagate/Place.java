package dev.latchkey.agent.propagate;

import org.jspecify.annotations.Nullable;

/** One method that is woven so that a task's user gets from thread to thread. Immutable. */
final class Place {
  /** What is woven there. */
  enum Kind {
    /** At the entry: an argument, or the object itself, is handed to the object. */
    SUBMIT,
    /** At the entry: the argument does not wait any more. */
    FORGET,
    /** At the entry: the argument is replaced by one that carries the user. */
    START,
    /** At the end of a constructor: the object is handed to the first argument. */
    STAGE,
    /** Before a call of that name: what it takes last is handed to the object. */
    BEFORE,
    /** A worker comes for a task, having done the one before, and leaves with it. */
    NEXT,
    /** {@code task.run()} becomes a call of the bridge. */
    RUN,
    /** {@code executor.execute(task)} becomes a call of the bridge. */
    EXECUTE,
    /** The whole method runs for the user who submitted the object. */
    WITHIN
  }

  final Kind kind;
  final String type;
  final String method;
  final @Nullable String descriptor;

  /** The argument's slot; of SUBMIT, FORGET and START. */
  final int slot;

  /** The called method's name; of BEFORE. */
  final String call;

  private Place(
      Kind kind, String type, String method, @Nullable String descriptor, int slot, String call) {
    this.kind = kind;
    this.type = type;
    this.method = method;
    this.descriptor = descriptor;
    this.slot = slot;
    this.call = call;
  }

  static Place submit(String type, String method, String descriptor, int slot) {
    return new Place(Kind.SUBMIT, type, method, descriptor, slot, "");
  }

  static Place forget(String type, String method, String descriptor) {
    return new Place(Kind.FORGET, type, method, descriptor, 1, "");
  }

  static Place start(String type) {
    return new Place(Kind.START, type, "start", "(Ljava/lang/Runnable;)V", 1, "");
  }

  static Place before(String type, String method, String call) {
    return new Place(Kind.BEFORE, type, method, null, 0, call);
  }

  static Place of(Kind kind, String type, String method) {
    return new Place(kind, type, method, null, 0, "");
  }

  boolean isAt(String name, String itsDescriptor) {
    return method.equals(name) && (descriptor == null || descriptor.equals(itsDescriptor));
  }

  /** Such as {@code RUN java/util/concurrent/ThreadPoolExecutor.runWorker}. */
  @Override
  public String toString() {
    return kind + " " + type + "." + method;
  }
}
