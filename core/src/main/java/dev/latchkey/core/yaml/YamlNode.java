package dev.latchkey.core.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML document: text, a list, named members, or nothing; and where it was written.
 * Text is never interpreted here ({@code no} is not false, {@code 08} no number). Immutable.
 */
public final class YamlNode {
  private enum Kind {
    NOTHING,
    TEXT,
    LIST,
    MAP
  }

  private final Kind kind;
  private final Where where;
  private final String text;
  private final String shown;
  private final List<YamlNode> items;
  private final Map<String, YamlNode> members;

  private YamlNode(
      Kind kind,
      Where where,
      String text,
      String shown,
      List<YamlNode> items,
      Map<String, YamlNode> members) {
    this.kind = kind;
    this.where = where;
    this.text = text;
    this.shown = shown;
    this.items = Collections.unmodifiableList(items);
    this.members = Collections.unmodifiableMap(members);
  }

  /** Nothing at all: an empty value or {@code null}. */
  public static YamlNode nothing(Where where) {
    return of(Kind.NOTHING, where, "", "");
  }

  /** Text. */
  public static YamlNode text(Where where, String text) {
    return of(Kind.TEXT, where, text, text);
  }

  /** Text in which references were expanded; messages show it as it was written. */
  static YamlNode expanded(Where where, String text, String asWritten) {
    return text.isEmpty() ? nothing(where) : of(Kind.TEXT, where, text, asWritten);
  }

  /** A list; copied. */
  public static YamlNode list(Where where, List<YamlNode> items) {
    return new YamlNode(
        Kind.LIST, where, "", "", new ArrayList<>(items), Collections.<String, YamlNode>emptyMap());
  }

  /** Named members, in that order; copied. */
  public static YamlNode map(Where where, Map<String, YamlNode> members) {
    return new YamlNode(
        Kind.MAP, where, "", "", Collections.<YamlNode>emptyList(), new LinkedHashMap<>(members));
  }

  private static YamlNode of(Kind kind, Where where, String text, String shown) {
    return new YamlNode(
        kind,
        where,
        text,
        shown,
        Collections.<YamlNode>emptyList(),
        Collections.<String, YamlNode>emptyMap());
  }

  /** Where it was written. */
  public Where where() {
    return where;
  }

  /** Whether this is nothing. */
  public boolean isNothing() {
    return kind == Kind.NOTHING;
  }

  /** Whether this is text. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether this is a list. */
  public boolean isList() {
    return kind == Kind.LIST;
  }

  /** Whether this has members. */
  public boolean isMap() {
    return kind == Kind.MAP;
  }

  /** The text, references expanded; empty if this is no text. */
  public String text() {
    return text;
  }

  /** The text as it was written, for messages. */
  public String shown() {
    return shown;
  }

  /** The items of a list; empty if this is none. */
  public List<YamlNode> items() {
    return items;
  }

  /** The members; empty if there are none. */
  public Map<String, YamlNode> members() {
    return members;
  }

  /** The member of that name; null for none. */
  public @Nullable YamlNode member(String name) {
    return members.get(name);
  }

  /** {@code text}, {@code a list}, {@code named settings} or {@code nothing}, for messages. */
  public String kindName() {
    switch (kind) {
      case TEXT:
        return "text";
      case LIST:
        return "a list";
      case MAP:
        return "named settings";
      default:
        return "nothing";
    }
  }

  /**
   * This laid over {@code base}: members are merged, anything else replaces what was there. Nothing
   * laid over members leaves them as they are, so {@code openrouter:} alone means the preset.
   */
  public YamlNode over(@Nullable YamlNode base) {
    return base == null ? this : merged(this, base, false);
  }

  /** {@code top} laid over this, as in {@link #over}; what has members stays where it was. */
  public YamlNode overlaid(YamlNode top) {
    return merged(top, this, true);
  }

  private static YamlNode merged(YamlNode top, YamlNode base, boolean atBase) {
    if (base.kind != Kind.MAP) return top;
    if (top.kind == Kind.NOTHING) return base;
    if (top.kind != Kind.MAP) return top;
    Map<String, YamlNode> members = new LinkedHashMap<>(base.members);
    top.members.forEach(
        (name, value) -> {
          YamlNode below = base.members.get(name);
          members.put(name, below == null ? value : merged(value, below, atBase));
        });
    return map(atBase ? base.where : top.where, members);
  }

  /** The same with one member added or replaced. */
  public YamlNode with(String name, YamlNode value) {
    Map<String, YamlNode> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return map(where, changed);
  }

  /** {@code value} under a dotted path, as a tree to lay over another one. */
  public static YamlNode under(String dottedPath, YamlNode value) {
    YamlNode node = value;
    String rest = dottedPath;
    while (!rest.isEmpty()) {
      int dot = rest.lastIndexOf('.');
      node = map(value.where, Collections.singletonMap(rest.substring(dot + 1), node));
      rest = dot < 0 ? "" : rest.substring(0, dot);
    }
    return node;
  }

  /** Kind and place only: the text may be a secret. */
  @Override
  public String toString() {
    return kindName() + " at " + where;
  }
}
