package dev.latchkey.core.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Builds the tree from parser events; one use. */
final class TreeBuilder {
  static final int DEEPEST = 40;
  static final int MOST_NODES = 20_000;

  private final String file;
  private final References references;
  private final Faults faults;
  private @Nullable ParserImpl parser;
  private int nodes;

  TreeBuilder(String file, Function<String, @Nullable String> environment, Faults faults) {
    this.file = file;
    this.references = new References(environment, faults);
    this.faults = faults;
  }

  YamlNode build(String text) {
    YamlNode root = null;
    try {
      parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    } catch (YAMLException e) {
      broken(e);
    }
    for (Event event = next(); event != null; event = next()) {
      if (event.is(Event.ID.DocumentStart) && root != null) {
        faults.add(where(event), "", "a second document starts here; only one is allowed");
        break;
      }
      if (event instanceof NodeEvent) root = node(event, 0);
    }
    return root == null ? YamlNode.nothing(Where.line(file, 1)) : root;
  }

  /** The next event; null at the end and after a syntax error, which is noted once. */
  private @Nullable Event next() {
    if (parser == null) return null;
    try {
      return parser.getEvent();
    } catch (YAMLException e) {
      broken(e);
      return null;
    } catch (RuntimeException e) {
      // Seen with the scanner on garbage; a parser's own fault must not surface as ours.
      broken(new YAMLException("not YAML"));
      return null;
    }
  }

  private YamlNode node(Event event, int depth) {
    Where where = where(event);
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      faults.add(where, "", "too many or too deeply nested values; at most " + DEEPEST + " levels");
      stop();
      return YamlNode.nothing(where);
    }
    refuseTricks(event, where);
    if (event instanceof ScalarEvent) return scalar((ScalarEvent) event, where);
    if (event instanceof MappingStartEvent) return map(where, depth);
    if (event instanceof CollectionStartEvent) return list(where, depth);
    return YamlNode.nothing(where);
  }

  private void refuseTricks(Event event, Where where) {
    String tag = null;
    if (event instanceof ScalarEvent) tag = ((ScalarEvent) event).getTag();
    if (event instanceof CollectionStartEvent) tag = ((CollectionStartEvent) event).getTag();
    boolean anchored = event instanceof NodeEvent && ((NodeEvent) event).getAnchor() != null;
    if (event instanceof AliasEvent || anchored) {
      faults.add(where, "", "anchors (&) and aliases (*) are not allowed; write the value out");
    }
    if (tag != null) faults.add(where, "", "tags (!) are not allowed; write the plain value");
  }

  private YamlNode scalar(ScalarEvent event, Where where) {
    String text = event.getValue();
    boolean empty = text.isEmpty() || text.equals("~") || text.equals("null");
    if (event.isPlain() && empty) return YamlNode.nothing(where);
    String value = references.expand(text, where);
    return value.equals(text) ? YamlNode.text(where, text) : YamlNode.expanded(where, value, text);
  }

  private YamlNode list(Where where, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event e = next(); e != null && !e.is(Event.ID.SequenceEnd); e = next()) {
      items.add(node(e, depth + 1));
    }
    return YamlNode.list(where, items);
  }

  private YamlNode map(Where where, int depth) {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (Event e = next(); e != null && !e.is(Event.ID.MappingEnd); e = next()) {
      YamlNode name = name(e, depth);
      Event value = next();
      if (value == null) break;
      YamlNode node = node(value, depth + 1);
      if (name.isNothing()) continue;
      YamlNode first = members.get(name.text());
      if (first == null) members.put(name.text(), node);
      else {
        String twice = "is there twice, first at " + first.where() + "; keep one";
        faults.add(name.where(), Names.safe(name.text()), twice);
      }
    }
    return YamlNode.map(where, members);
  }

  private YamlNode name(Event event, int depth) {
    Where where = where(event);
    if (event instanceof ScalarEvent && !((ScalarEvent) event).getValue().isEmpty()) {
      refuseTricks(event, where);
      return YamlNode.text(where, ((ScalarEvent) event).getValue());
    }
    faults.add(where, "", "the name of a setting must be plain text");
    node(event, depth + 1);
    return YamlNode.nothing(where);
  }

  private Where where(Event event) {
    return Where.line(file, event.getStartMark().getLine() + 1);
  }

  private void broken(YAMLException e) {
    stop();
    if (e instanceof MarkedYAMLException) {
      MarkedYAMLException marked = (MarkedYAMLException) e;
      Mark mark = marked.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      int column = mark == null ? 1 : mark.getColumn() + 1;
      faults.add(Where.line(file, line), "", syntax(marked, column));
    } else {
      faults.add(
          Where.line(file, 1), "", "not readable as YAML: a character that no text file holds");
    }
  }

  /** The parser's own snippet of the file is left out: it may show a secret. */
  private static String syntax(MarkedYAMLException e, int column) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return "bad YAML at column "
        + column
        + " ("
        + context
        + e.getProblem()
        + "); check the indentation (spaces, no tabs) and the colons (name: value)";
  }

  private void stop() {
    parser = null;
    faults.broken();
  }
}
