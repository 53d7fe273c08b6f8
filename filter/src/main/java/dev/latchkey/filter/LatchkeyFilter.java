package dev.latchkey.filter;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The servlet filter: gives every user who logs in a key of his own, and tells the agent who is
 * calling. Whatever goes wrong on its side, the application starts and its requests pass as if the
 * filter were not there.
 *
 * <p>Init parameters, all optional:
 *
 * <ul>
 *   <li>{@code config}: the configuration file, absolute or {@code /WEB-INF/...}; by default the
 *       agent's, else what {@code latchkey.config} or {@code LATCHKEY_CONFIG} name, else {@code
 *       latchkey.yaml} beside this jar
 *   <li>{@code user}: {@code principal} (default), {@code session:NAME}, {@code header:NAME} or
 *       {@code param:NAME}
 *   <li>{@code login-path}: a POST to it that is answered with a status under 400 is a login;
 *       several with commas between them
 *   <li>{@code login-json}: {@code true} merges {@code api_key_status} into that answer
 *   <li>{@code sync-timeout}: the longest that a login waits for its key, 0s to 1m; {@code 2s}
 *   <li>{@code data-source}: the JNDI name of a container's {@code DataSource} that holds the keys,
 *       instead of the setting {@code store.url}
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
public final class LatchkeyFilter implements Filter {
  private static final String INSIDE = "dev.latchkey.filter.gate.Gate";

  private volatile @Nullable Filter inside;

  /** For the container. */
  public LatchkeyFilter() {}

  @Override
  public void init(FilterConfig config) {
    try {
      ClassLoader loader = new InsideLoader(LatchkeyFilter.class);
      Filter gate = (Filter) loader.loadClass(INSIDE).getDeclaredConstructor().newInstance();
      gate.init(config);
      inside = gate;
    } catch (Throwable fault) {
      config
          .getServletContext()
          .log("latchkey: off: the filter could not start; requests pass without it", fault);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Filter gate = inside;
    if (gate == null) {
      chain.doFilter(request, response);
    } else {
      gate.doFilter(request, response, chain);
    }
  }

  @Override
  public void destroy() {
    Filter gate = inside;
    inside = null;
    if (gate != null) gate.destroy();
  }
}
