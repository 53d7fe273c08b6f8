package dev.latchkey.filter.gate;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.LatchkeyBuilder;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.time.TimeSource;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds the settings and what holds the keys. */
final class Opening {
  private static final String BRIDGE = "java.lang.LatchkeyBridge";

  private Opening() {}

  /** The settings: the file that web.xml names, else the agent's, else as everywhere. */
  static Settings settings(Options options, ServletContext context) {
    return SettingsLoader.load(source(options.get(Options.CONFIG), context));
  }

  private static SettingsSource source(@Nullable String config, ServletContext context) {
    if (config != null) return SettingsSource.ofProcess("config=" + path(config, context), null);
    String[] agent = agentSettings();
    if (agent == null) return SettingsSource.ofProcess(null, jarFolder());
    return SettingsSource.ofProcess(agent[0], agent[1] == null ? null : Paths.get(agent[1]));
  }

  private static String path(String config, ServletContext context) {
    String real = config.startsWith("/WEB-INF/") ? context.getRealPath(config) : null;
    return real != null && new File(real).exists() ? real : config;
  }

  private static String @Nullable [] agentSettings() {
    try {
      return (String[]) Class.forName(BRIDGE, true, null).getMethod("settings").invoke(null);
    } catch (ReflectiveOperationException | LinkageError noAgent) {
      return null;
    }
  }

  private static @Nullable Path jarFolder() {
    try {
      CodeSource code = Opening.class.getProtectionDomain().getCodeSource();
      URI jar = code == null ? null : code.getLocation().toURI();
      return jar == null || !"file".equals(jar.getScheme()) ? null : Paths.get(jar).getParent();
    } catch (Exception e) {
      // A container that keeps applications elsewhere than in files.
      return null;
    }
  }

  /**
   * Starts to put Latchkey together. A container's data source is looked up here and now, on the
   * container's thread: elsewhere the application's names are not known.
   *
   * @throws NamingException if there is no such data source
   */
  static LatchkeyBuilder latchkey(Settings settings, @Nullable String dataSource)
      throws NamingException {
    TimeSource time = TimeSource.system();
    return dataSource == null
        ? Latchkey.from(settings, time)
        : Latchkey.from(settings, time, lookUp(dataSource), dataSource);
  }

  /** The name is the operator's, from web.xml; it can only lead into the container itself. */
  @SuppressWarnings("BanJNDI")
  private static DataSource lookUp(String name) throws NamingException {
    if (!name.matches("(java:)?[\\w./-]+")) throw new NamingException(name);
    InitialContext names = new InitialContext();
    try {
      return (DataSource) names.lookup(name);
    } catch (NamingException e) {
      if (name.startsWith("java:")) throw e;
      return (DataSource) names.lookup("java:comp/env/" + name);
    } finally {
      names.close();
    }
  }
}
