package dev.latchkey.core.config;

import java.nio.file.Path;

/** Turns file names of settings into absolute paths. */
final class Folders {
  private Folders() {}

  /**
   * The path; {@code ~/} is the home folder.
   *
   * @throws java.nio.file.InvalidPathException if it is none
   */
  static Path resolve(String text, Path folder, Path home) {
    if (text.equals("~")) return home.toAbsolutePath().normalize();
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
    return path.toAbsolutePath().normalize();
  }
}
