package dev.latchkey.filter.gate;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.config.ConfigException;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.log.LogOutput;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.filter.identity.Caller;
import dev.latchkey.filter.identity.TrustedProxies;
import dev.latchkey.filter.identity.UserSource;
import dev.latchkey.filter.login.Logins;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The filter proper: opens Latchkey when the application starts, and lets requests through. */
public final class Gate implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey");

  private @Nullable Latchkey latchkey;
  private @Nullable Visits visits;

  /** For {@link dev.latchkey.filter.LatchkeyFilter}. */
  public Gate() {}

  @Override
  public void init(FilterConfig config) {
    Options options = Options.of(config);
    Settings settings = settings(options, config.getServletContext());
    if (settings != null && !settings.enabled()) return;
    UserSource users = settings == null ? null : users(options, settings);
    if (settings == null || users == null || !options.faults().isEmpty()) off(options.faults());
    else open(options, settings, users);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean http = request instanceof HttpServletRequest && response instanceof HttpServletResponse;
    if (visits == null || !http) {
      chain.doFilter(request, response);
    } else {
      visits.pass((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }
  }

  @Override
  public void destroy() {
    visits = null;
    if (latchkey != null) latchkey.close();
    LogOutput.close();
  }

  /** Null where they cannot be used; what is wrong is among the options' faults then. */
  private static @Nullable Settings settings(Options options, ServletContext context) {
    try {
      Settings settings = Opening.settings(options, context);
      LogOutput.configure(settings.logLevel(), settings.logFile());
      return settings;
    } catch (ConfigException e) {
      e.faults().forEach(options::fault);
      return null;
    }
  }

  private static @Nullable UserSource users(Options options, Settings settings) {
    TrustedProxies proxies = TrustedProxies.of(settings.trustedProxies());
    UserSource users = UserSource.parse(options.value(Options.USER), proxies);
    if (users != null && users.isHeader() && proxies.isEmpty()) {
      options.fault(
          Options.USER, "set identity.trusted-proxies: no proxy's header is believed so far");
    }
    return users;
  }

  private void open(Options options, Settings settings, UserSource users) {
    Caller caller = Caller.find();
    if (!caller.isHeard()) for (String warning : settings.warnings()) LOG.warn("{}", warning);
    if (settings.providers().isEmpty()) return;
    try {
      Latchkey opened = Opening.latchkey(settings, options.get(Options.DATA_SOURCE)).start();
      latchkey = opened;
      opened.callsAreNear();
      Logins logins = Logins.create(opened, TimeSource.system(), settings.maxOwners());
      visits = new Visits(options, settings.dryRun(), users, caller, logins);
      tell(options, caller);
    } catch (NamingException e) {
      options.fault(
          Options.DATA_SOURCE, "the container knows none of that name: " + e.getMessage());
      off(options.faults());
    }
  }

  private static void tell(Options options, Caller caller) {
    LOG.info(
        "the filter is open: users by {}{}",
        options.value(Options.USER),
        caller.isHeard()
            ? ", and the agent hears who is calling"
            : "; there is no agent in this JVM, so keys are synced and no call is touched");
  }

  private static void off(List<String> faults) {
    for (String fault : faults) LOG.error("{}", fault);
    LOG.error("off: the filter cannot be used as it is configured; requests pass without it");
  }
}
