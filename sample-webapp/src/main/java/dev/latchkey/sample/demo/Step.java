package dev.latchkey.sample.demo;

/** One step of the story. */
interface Step {
  /** What happens, in plain English. */
  String title();

  /** Plays it; what is seen and what must hold goes into the findings. */
  void play(Stage stage, Findings findings) throws Exception;
}
