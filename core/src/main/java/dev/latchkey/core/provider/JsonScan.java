package dev.latchkey.core.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds values in the beginning of a JSON document. Whatever is found stays found when more of the
 * document is there: the parser is the incremental one, which never guesses at what is cut off.
 */
final class JsonScan {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names come from outside: no shared table of them may grow.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Collection<JsonPath> wanted;
  private final Map<JsonPath, List<String>> found = new HashMap<>();
  private final List<String> place = new ArrayList<>();
  private final List<Integer> counters = new ArrayList<>();
  private boolean over;

  private JsonScan(Collection<JsonPath> wanted) {
    this.wanted = wanted;
  }

  static JsonScan of(byte[] bytes, int length, Collection<JsonPath> wanted) {
    JsonScan scan = new JsonScan(wanted);
    if (length == 0) return scan; // Each stream of events comes here, and a parser is dear.
    try (JsonParser parser = FACTORY.createNonBlockingByteArrayParser()) {
      ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(bytes, 0, length);
      scan.read(parser);
    } catch (IOException | RuntimeException e) {
      // Not JSON from here on; what came before stays found.
      scan.over = true;
    }
    return scan;
  }

  /** The values at that place, as text; empty text for an object or a list. */
  List<String> values(JsonPath path) {
    return found.getOrDefault(path, Collections.<String>emptyList());
  }

  /** Whether more of the document cannot change {@link #values} of that place. */
  boolean settled(JsonPath path) {
    return over || (!path.isOpen() && found.containsKey(path));
  }

  private void read(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.NOT_AVAILABLE;
        token = parser.nextToken()) {
      accept(token, parser);
      if (counters.isEmpty() && token != JsonToken.FIELD_NAME) {
        over = true;
        return;
      }
    }
  }

  /** {@code counters} has an entry for each open container: -1 for an object, else the index. */
  private void accept(JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.FIELD_NAME) {
      setStep(parser.currentName());
    } else if (token.isStructEnd()) {
      counters.remove(counters.size() - 1);
      place.remove(place.size() - 1);
    } else {
      countItem();
      if (token != JsonToken.VALUE_NULL) note(token.isScalarValue() ? parser.getText() : "");
      if (token.isStructStart()) {
        counters.add(token == JsonToken.START_ARRAY ? 0 : -1);
        place.add("");
      }
    }
  }

  private void countItem() {
    int top = counters.size() - 1;
    if (top < 0 || counters.get(top) < 0) return;
    setStep(Integer.toString(counters.get(top)));
    counters.set(top, counters.get(top) + 1);
  }

  private void setStep(String step) {
    place.set(place.size() - 1, step);
  }

  private void note(String value) {
    for (JsonPath path : wanted) {
      if (!path.matches(place)) continue;
      if (path.isOpen()) found.computeIfAbsent(path, p -> new ArrayList<>()).add(value);
      else found.putIfAbsent(path, Collections.singletonList(value));
    }
  }
}
