package dev.latchkey.agent.engine;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.core.call.OutboundCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Defines one client's adapter afresh for one application class loader: the client's own packages
 * come from the application, the adapter's package is defined here, everything else is the agent's
 * and the JDK's. So an adapter may extend the application's types and not a byte is injected into
 * the application's loader.
 */
public final class AdapterLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader home;
  private final @Nullable ClassLoader application;
  private final String adapter;
  private final String adapterPackage;
  private final String[] clientPackages;

  private AdapterLoader(ClientHooks client, ClassLoader home, @Nullable ClassLoader application) {
    super(home);
    this.home = home;
    this.application = application;
    this.adapter = client.adapter();
    this.adapterPackage = adapter.substring(0, adapter.lastIndexOf('.') + 1);
    this.clientPackages = prefixes(client.packages());
  }

  /**
   * A loader for this client in that application.
   *
   * @param home the loader that holds the agent, and the adapter's bytes as resources
   * @param application the loader that defined the client's classes; null for the boot loader
   */
  public static AdapterLoader create(
      ClientHooks client, ClassLoader home, @Nullable ClassLoader application) {
    return new AdapterLoader(client, home, application);
  }

  /**
   * Makes the adapter.
   *
   * @throws Throwable whatever its class or constructor throws; mostly a {@link LinkageError} where
   *     the application's version of the client is not one we know
   */
  public Adapter newAdapter(OutboundCalls calls) throws Throwable {
    AdapterParts.load(adapter, this);
    try {
      return (Adapter)
          Class.forName(adapter, true, this).getConstructor(OutboundCalls.class).newInstance(calls);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(adapterPackage)) return adapterClass(name);
    for (String prefix : clientPackages) {
      if (name.startsWith(prefix)) return Class.forName(name, false, application);
    }
    return super.loadClass(name, resolve);
  }

  private Class<?> adapterClass(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      byte[] bytes = bytes(name);
      return defineClass(name, bytes, 0, bytes.length, AdapterLoader.class.getProtectionDomain());
    }
  }

  /** The bytes of a class of the agent's. */
  byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream in = home.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) throw new ClassNotFoundException(name);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static String[] prefixes(List<String> packages) {
    String[] prefixes = new String[packages.size()];
    for (int i = 0; i < prefixes.length; i++) prefixes[i] = packages.get(i) + ".";
    return prefixes;
  }
}
