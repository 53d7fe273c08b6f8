package dev.latchkey.core.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a node by name and type, notes what is wrong, and at the end ({@link #done})
 * what nobody asked for. Not safe for use by several threads.
 */
public final class Section {
  private final YamlNode node;
  private final String path;
  private final Faults faults;
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, Section> sections = new LinkedHashMap<>();

  private Section(YamlNode node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
  }

  /**
   * Begins to read a node; one that has no members is a fault unless it is nothing.
   *
   * @param path the full name that messages begin with; empty at the top
   */
  public static Section of(YamlNode node, String path, Faults faults) {
    if (!node.isMap() && !node.isNothing()) {
      faults.add(node.where(), path, "named settings (name: value) expected, not " + kind(node));
    }
    return new Section(node, path, faults);
  }

  /** Where it begins. */
  public Where where() {
    return node.where();
  }

  /** The full name of this section, empty at the top. */
  public String path() {
    return path;
  }

  /** Whether nothing is written here. */
  public boolean isEmpty() {
    return node.members().isEmpty();
  }

  /** Whether a file could be read only in part, so that what is missing may well be there. */
  public boolean isPartial() {
    return faults.isBroken();
  }

  /** The setting's value, else its default, else null; a value that is not allowed is noted. */
  public <T> @Nullable T get(Setting<T> setting) {
    Section holder = holder(setting.name());
    String name = lastPart(setting.name());
    YamlNode value = holder.node(name);
    if (value == null || value.isNothing()) return setting.standardValue();
    String text = holder.text(setting, name, value);
    if (text == null) return setting.standardValue();
    T parsed = setting.parse(text);
    if (parsed != null) return parsed;
    holder.fault(name, notAllowed(setting, value) + "; allowed: " + setting.range());
    return setting.standardValue();
  }

  /** As {@link #get} for a setting that has a default. */
  public <T> T value(Setting<T> setting) {
    T value = get(setting);
    if (value == null) throw new IllegalStateException(setting + " has no default");
    return value;
  }

  /** As {@link #get}; nothing written is a fault, unless a file could be read only in part. */
  public <T> @Nullable T require(Setting<T> setting) {
    Section holder = holder(setting.name());
    YamlNode value = holder.node(lastPart(setting.name()));
    if ((value == null || value.isNothing()) && !faults.isBroken()) {
      fault(setting.name(), "is missing; expected: " + setting.range());
    }
    return get(setting);
  }

  /** Whether something is written for this setting. */
  public boolean has(Setting<?> setting) {
    YamlNode value = holder(setting.name()).node(lastPart(setting.name()));
    return value != null && !value.isNothing();
  }

  /** The member as it is; null for none. It counts as asked for. */
  public @Nullable YamlNode node(String name) {
    known.add(name);
    return node.member(name);
  }

  /** The items of a list member, or the member itself as its only item; empty for none. */
  public List<YamlNode> items(String name) {
    YamlNode value = node(name);
    List<YamlNode> out = new ArrayList<>();
    if (value == null || value.isNothing()) return out;
    if (value.isList()) out.addAll(value.items());
    else out.add(value);
    return out;
  }

  /** The members' names, in order. */
  public Collection<String> names() {
    return node.members().keySet();
  }

  /** The section of that name, an empty one where nothing is written; the same one every time. */
  public Section section(String name) {
    return sections.computeIfAbsent(
        name,
        n -> {
          YamlNode value = node(n);
          return of(value == null ? YamlNode.nothing(node.where()) : value, full(n), faults);
        });
  }

  /** Notes a fault of the member of that name (dots allowed), at the member's own line. */
  public void fault(String name, String message) {
    YamlNode at = node;
    for (String part : name.split("\\.")) {
      YamlNode next = at.member(part);
      if (next == null) break;
      at = next;
    }
    faults.add(at.where(), full(name), message);
  }

  /** Notes everything that is written and was never asked for, here and in all sections below. */
  public void done() {
    for (Map.Entry<String, YamlNode> member : node.members().entrySet()) {
      String name = member.getKey();
      if (known.contains(name)) continue;
      String nearest = Names.nearest(name, known);
      String hint = nearest == null ? "known here: " + known() : "did you mean " + nearest + "?";
      faults.add(member.getValue().where(), full(Names.safe(name)), "unknown setting; " + hint);
    }
    for (Section section : sections.values()) section.done();
  }

  private String known() {
    return known.isEmpty() ? "nothing" : String.join(", ", known);
  }

  private <T> @Nullable String text(Setting<T> setting, String name, YamlNode value) {
    if (value.isText()) return value.text();
    if (value.isList() && setting.isList()) return joined(setting, name, value);
    fault(name, setting.range() + " expected, not " + kind(value));
    return null;
  }

  private @Nullable String joined(Setting<?> setting, String name, YamlNode value) {
    List<String> items = new ArrayList<>();
    for (YamlNode item : value.items()) {
      if (!item.isText()) {
        faults.add(item.where(), full(name), setting.range() + " expected, not " + kind(item));
        return null;
      }
      items.add(item.text());
    }
    return String.join(",", items);
  }

  private Section holder(String dotted) {
    Section at = this;
    String[] parts = dotted.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) at = at.section(parts[i]);
    return at;
  }

  private static String lastPart(String dotted) {
    return dotted.substring(dotted.lastIndexOf('.') + 1);
  }

  private String full(String name) {
    if (name.isEmpty()) return path;
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String kind(YamlNode node) {
    return node.kindName();
  }

  private static String notAllowed(Setting<?> setting, YamlNode value) {
    if (setting.isSecret()) return "not allowed (value not shown)";
    String shown = value.isText() ? value.shown() : kind(value);
    return "not allowed: " + Shown.of(shown);
  }
}
