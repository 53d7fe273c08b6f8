package dev.latchkey.core.config;

import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Where;
import dev.latchkey.core.yaml.YamlFile;
import dev.latchkey.core.yaml.YamlNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds and reads the configuration file. Immutable. */
final class ConfigFile {
  private final @Nullable Path path;
  private final YamlNode tree;

  private ConfigFile(@Nullable Path path, YamlNode tree) {
    this.path = path;
    this.tree = tree;
  }

  /** Its path, absolute; null if there is no file. */
  @Nullable Path path() {
    return path;
  }

  /** Its settings; nothing if there is no file. */
  YamlNode tree() {
    return tree;
  }

  /** The file that the source names, else the one beside the jar, else none. */
  static ConfigFile find(SettingsSource source, Overrides overrides, Faults faults) {
    Overrides.Named named = overrides.config();
    if (named != null) return named(source, named, faults);
    Path beside = beside(source);
    return beside == null ? none() : read(beside, beside.toString(), source, faults);
  }

  /**
   * What stands in the file that {@link #find} finds, as ISO-8859-1; nothing if there is none.
   *
   * @throws IOException if it cannot be read, or only once: it may be a pipe
   */
  static String text(SettingsSource source, Overrides overrides) throws IOException {
    Overrides.Named named = overrides.config();
    Path path = named == null ? beside(source) : path(source, named);
    if (path != null && !Files.isRegularFile(path)) throw new IOException("no file: " + path);
    return path == null ? "" : new String(bytes(path), StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Path beside(SettingsSource source) {
    Path folder = source.jarFolder();
    Path beside = folder == null ? null : folder.resolve("latchkey.yaml");
    return beside != null && Files.exists(beside) ? beside : null;
  }

  private static Path path(SettingsSource source, Overrides.Named named) {
    return Folders.resolve(named.value(), source.workingFolder(), source.home());
  }

  private static ConfigFile named(SettingsSource source, Overrides.Named named, Faults faults) {
    try {
      Path path = path(source, named);
      if (Files.exists(path)) return read(path, named.value(), source, faults);
      faults.add(
          named.where(), "config", "no such file: " + path + "; create it or correct the path");
    } catch (InvalidPathException e) {
      faults.add(named.where(), "config", "not a file name: " + e.getReason());
    }
    return none();
  }

  private static ConfigFile read(Path path, String shown, SettingsSource source, Faults faults) {
    Where top = Where.line(shown, 1);
    YamlNode tree = YamlNode.nothing(top);
    if (Files.isDirectory(path)) {
      faults.add(top, "", "a folder, not a file; name the file in it");
    } else if (!Files.isReadable(path)) {
      faults.add(top, "", "not readable for this user; change its owner or mode");
    } else {
      tree = parse(path, shown, source, faults);
    }
    return new ConfigFile(path.toAbsolutePath(), tree);
  }

  private static YamlNode parse(Path path, String shown, SettingsSource source, Faults faults) {
    Where top = Where.line(shown, 1);
    try {
      byte[] bytes = bytes(path);
      if (isBlank(bytes)) {
        faults.add(top, "", "the file is empty; write settings into it or remove it");
        return YamlNode.nothing(top);
      }
      return YamlFile.parse(shown, bytes, source.environment()::get, faults);
    } catch (IOException e) {
      faults.add(top, "", "cannot be read: " + e);
      return YamlNode.nothing(top);
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        if (out.size() > YamlFile.LONGEST) break;
      }
    }
    return out.toByteArray();
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) if (b > ' ' || b < 0) return false;
    return true;
  }

  private static ConfigFile none() {
    return new ConfigFile(null, YamlNode.nothing(Where.place("no configuration file:")));
  }
}
