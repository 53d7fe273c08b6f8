package dev.latchkey.agent.engine;

import dev.latchkey.agent.engine.library.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/** An application's loader: has a copy of the library of its own. */
final class Application extends ClassLoader {
  private static final String LIBRARY = "dev.latchkey.agent.engine.library.";

  Application() {
    super(Application.class.getClassLoader());
  }

  Class<?> home() throws ClassNotFoundException {
    return Class.forName(LIBRARY + "Home", true, this);
  }

  Class<?> part() throws ClassNotFoundException {
    return Class.forName(LIBRARY + "Part", true, this);
  }

  @SuppressWarnings("unchecked") // The field's type is what it is.
  <T> AtomicReference<T> setting(String field) throws ReflectiveOperationException {
    assert Home.class != home();
    return (AtomicReference<T>) home().getField(field).get(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(LIBRARY)) return super.loadClass(name, resolve);
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      byte[] bytes = bytes(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
