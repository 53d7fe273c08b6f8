package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.propagate.Propagation;
import dev.latchkey.core.Latchkey;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.config.ConfigException;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsGlance;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.log.LogOutput;
import dev.latchkey.core.time.TimeSource;
import java.io.File;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens core by the settings; whatever is wrong with them is told at once and leaves us off. */
final class CoreOpener implements Engine.Opener {
  private final @Nullable String arguments;
  private final File jar;
  private final Instrumentation instrumentation;
  private @Nullable SettingsSource source;

  private CoreOpener(@Nullable String arguments, File jar, Instrumentation instrumentation) {
    this.arguments = arguments;
    this.jar = jar;
    this.instrumentation = instrumentation;
  }

  static CoreOpener create(@Nullable String arguments, File jar, Instrumentation instrumentation) {
    return new CoreOpener(arguments, jar, instrumentation);
  }

  /** A pool of threads that is there before the weaving loses the first user of each thread. */
  @Override
  public boolean isUrgent() {
    return SettingsGlance.mentions(source(), "identity.propagate");
  }

  @Override
  public Engine.@Nullable Opened open() {
    Settings settings = SettingsLoader.load(source());
    if (!settings.enabled()) return null;
    LogOutput.configure(settings.logLevel(), settings.logFile());
    for (String warning : settings.warnings()) log().warn("{}", warning);
    if (settings.providers().isEmpty()) return null;
    if (settings.propagate()) propagate();
    Latchkey latchkey = Latchkey.open(settings, TimeSource.system(), CoreOpener::caller);
    Stop.atExit(latchkey, settings.storeUrl());
    return new Core(settings, latchkey);
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

  /** As the process was when it was asked first: an application may change its properties. */
  private SettingsSource source() {
    File folder = jar.getAbsoluteFile().getParentFile();
    SettingsSource known = source;
    if (known == null) {
      source = known = SettingsSource.ofProcess(arguments, folder == null ? null : folder.toPath());
    }
    return known;
  }

  private void propagate() {
    try {
      Propagation.begin(
          instrumentation,
          (type, fault) ->
              log().warn("{} is not woven: what is handed to it is done for nobody", type, fault));
    } catch (Throwable fault) {
      log().warn("identity.propagate is off: it could not start", fault);
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
    private final Latchkey latchkey;

    Core(Settings settings, Latchkey latchkey) {
      this.settings = settings;
      this.latchkey = latchkey;
    }

    @Override
    public OutboundCalls callsOf(String client) {
      return settings.instrumentationEnabled(client) ? latchkey.calls() : Nothing.INSTANCE;
    }

    @Override
    public void callsAreNear() {
      latchkey.callsAreNear();
    }
  }
}
