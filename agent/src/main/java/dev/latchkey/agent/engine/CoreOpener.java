package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.core.Latchkey;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.config.ConfigException;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.log.LogOutput;
import dev.latchkey.core.time.TimeSource;
import java.io.File;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens core by the settings; whatever is wrong with them is told at once and leaves us off. */
final class CoreOpener implements Engine.Opener {
  private final @Nullable String arguments;
  private final File jar;

  private CoreOpener(@Nullable String arguments, File jar) {
    this.arguments = arguments;
    this.jar = jar;
  }

  static CoreOpener create(@Nullable String arguments, File jar) {
    return new CoreOpener(arguments, jar);
  }

  @Override
  public Engine.@Nullable Opened open() {
    File folder = jar.getAbsoluteFile().getParentFile();
    Settings settings =
        SettingsLoader.load(
            SettingsSource.ofProcess(arguments, folder == null ? null : folder.toPath()));
    if (!settings.enabled()) return null;
    LogOutput.configure(settings.logLevel(), settings.logFile());
    for (String warning : settings.warnings()) log().warn("{}", warning);
    if (settings.providers().isEmpty()) return null;
    Latchkey latchkey = Latchkey.open(settings, TimeSource.system(), CoreOpener::caller);
    Stop.atExit(latchkey);
    return new Core(settings, latchkey.calls());
  }

  @Override
  public void failed(Throwable fault) {
    if (fault instanceof ConfigException) {
      for (String line : ((ConfigException) fault).faults()) log().error("{}", line);
      log().error("off: the configuration cannot be used; the application runs without Latchkey");
    } else {
      log().error("off: it could not start; the application runs without Latchkey", fault);
    }
  }

  private static @Nullable Owner caller() {
    String user = LatchkeyBridge.owner();
    return user == null || user.trim().isEmpty() ? null : Owner.of(user);
  }

  private static Logger log() {
    return LoggerFactory.getLogger("latchkey");
  }

  private static final class Core implements Engine.Opened {
    private final Settings settings;
    private final OutboundCalls calls;

    Core(Settings settings, OutboundCalls calls) {
      this.settings = settings;
      this.calls = calls;
    }

    @Override
    public OutboundCalls callsOf(String client) {
      return settings.instrumentationEnabled(client) ? calls : Nothing.INSTANCE;
    }
  }
}
