package dev.latchkey.agent.client.huc;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The request properties as the application set them, in order. The JDK's connection keeps them too
 * but does not give {@code Authorization} and cookies back.
 */
final class RequestProperties {
  private final List<Property> properties = new ArrayList<>(2);

  void set(String name, @Nullable String value) {
    if (!properties.isEmpty()) remove(name);
    add(name, value);
  }

  void add(String name, @Nullable String value) {
    properties.add(new Property(name, value));
  }

  void remove(String name) {
    for (Iterator<Property> all = properties.iterator(); all.hasNext(); ) {
      if (all.next().name.equalsIgnoreCase(name)) all.remove();
    }
  }

  @Nullable String first(String name) {
    int at = indexOf(name);
    return at < 0 ? null : properties.get(at).value;
  }

  boolean has(String name) {
    return indexOf(name) >= 0;
  }

  boolean isEmpty() {
    return properties.isEmpty();
  }

  void forEach(BiConsumer<String, @Nullable String> action) {
    for (Property property : properties) action.accept(property.name, property.value);
  }

  private int indexOf(String name) {
    for (int i = 0; i < properties.size(); i++) {
      if (properties.get(i).name.equalsIgnoreCase(name)) return i;
    }
    return -1;
  }

  void applyTo(HttpURLConnection connection) {
    forEach(connection::addRequestProperty);
  }

  private static final class Property {
    final String name;
    final @Nullable String value;

    Property(String name, @Nullable String value) {
      this.name = name;
      this.value = value;
    }
  }
}
