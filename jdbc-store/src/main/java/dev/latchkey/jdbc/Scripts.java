package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.store.StoreException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations, by name: Flyway's own search of the class path finds nothing inside the agent's
 * jar, where classes and resources have other names.
 */
final class Scripts implements ResourceProvider {
  private static final String FOLDER = "dev/latchkey/jdbc/";
  private static final List<String> NAMES = Collections.singletonList("V1__keys.sql");

  private final ClassLoader loader;

  Scripts(ClassLoader loader) {
    this.loader = loader;
  }

  static String latestVersion() {
    String last = NAMES.get(NAMES.size() - 1);
    return last.substring(1, last.indexOf("__"));
  }

  /** The oldest migration's text. */
  String firstText() {
    return text("migrations/" + NAMES.get(0));
  }

  /** What stands in a file of this module's, by its name. */
  String text(String name) {
    try (Scanner all = new Scanner(open(loader, name), "UTF-8").useDelimiter("\\A")) {
      String text = all.next();
      if (all.ioException() != null) throw lacks(name);
      return text;
    }
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return NAMES.contains(name) ? new Script(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    List<LoadableResource> found = new ArrayList<>();
    for (String name : NAMES) {
      boolean wanted = name.startsWith(prefix);
      for (String suffix : suffixes)
        if (wanted && name.endsWith(suffix)) found.add(getScript(name));
    }
    return found;
  }

  private LoadableResource getScript(String name) {
    return new Script(name);
  }

  private static InputStream open(ClassLoader loader, String name) {
    InputStream in = loader.getResourceAsStream(FOLDER + name);
    if (in == null) throw lacks(name);
    return in;
  }

  private static StoreException lacks(String name) {
    return new StoreException("this build lacks " + FOLDER + name + "; put a whole jar in place");
  }

  private final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new InputStreamReader(open(loader, "migrations/" + name), UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + "migrations/" + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + "migrations/" + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
