package dev.latchkey.core.jul;

/** Stands in for the JDK's class of the same name. */
public final class Level {
  /** Something failed. */
  public static final Level SEVERE = new Level("SEVERE", 1000);

  /** Something may fail. */
  public static final Level WARNING = new Level("WARNING", 900);

  /** Everyday news; not shown, like all below it. */
  public static final Level INFO = new Level("INFO", 800);

  /** Settings. */
  public static final Level CONFIG = new Level("CONFIG", 700);

  /** Tracing. */
  public static final Level FINE = new Level("FINE", 500);

  /** More tracing. */
  public static final Level FINER = new Level("FINER", 400);

  /** Most tracing. */
  public static final Level FINEST = new Level("FINEST", 300);

  /** Nothing. */
  public static final Level OFF = new Level("OFF", Integer.MAX_VALUE);

  private final String name;
  private final int value;

  private Level(String name, int value) {
    this.name = name;
    this.value = value;
  }

  /** The level's name. */
  public String getName() {
    return name;
  }

  /** Higher is more serious; 300 to 1000. */
  public int intValue() {
    return value;
  }

  @Override
  public String toString() {
    return name;
  }
}
