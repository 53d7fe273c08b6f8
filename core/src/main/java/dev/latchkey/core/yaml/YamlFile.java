package dev.latchkey.core.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML document into a tree. Hostile input is harmless: at most 1 MiB, {@value
 * TreeBuilder#DEEPEST} levels, {@value TreeBuilder#MOST_NODES} values, no anchors and aliases (no
 * bombs), no tags (no objects).
 */
public final class YamlFile {
  /** The longest document, in bytes. */
  public static final int LONGEST = 1 << 20;

  private YamlFile() {}

  /**
   * The document's tree. A syntax error ends the reading: the fault is noted and the tree holds
   * what came before.
   *
   * @param name how messages name the file
   * @param environment values for {@code ${NAME}}; null for a variable that is not set
   * @return nothing for an empty document
   */
  public static YamlNode parse(
      String name, byte[] bytes, Function<String, @Nullable String> environment, Faults faults) {
    Where top = Where.line(name, 1);
    if (bytes.length > LONGEST) {
      faults.add(top, "", "too long: " + bytes.length + " bytes, at most " + LONGEST + " allowed");
      return YamlNode.nothing(top);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      faults.add(top, "", "not a text file in UTF-8; save it as UTF-8");
      return YamlNode.nothing(top);
    }
    return new TreeBuilder(name, environment, faults).build(withoutByteOrderMark(text));
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
