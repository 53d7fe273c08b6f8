package dev.latchkey.agent.client.huc;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request properties as the application set them, in order. The JDK's connection keeps them too
 * but does not give {@code Authorization} and cookies back.
 */
final class RequestProperties {
  private final List<Property> properties = new ArrayList<>();

  void set(String name, @Nullable String value) {
    remove(name);
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
    for (Property property : properties) {
      if (property.name.equalsIgnoreCase(name)) return property.value;
    }
    return null;
  }

  void applyTo(HttpURLConnection connection) {
    for (Property property : properties) {
      connection.addRequestProperty(property.name, property.value);
    }
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
