package dev.latchkey.agent.weave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds woven classes, and a bridge and a handler of their own, so that no test meets another's.
 */
final class WovenHome extends ClassLoader {
  private static final String OWN = "dev.latchkey.agent.bridge.LatchkeyBridge";

  private final Map<String, byte[]> classes = new HashMap<>();

  WovenHome() {
    super(WovenHome.class.getClassLoader());
    classes.put(OWN, bytes(OWN));
    classes.put(Recorder.class.getName(), bytes(Recorder.class.getName()));
  }

  Class<?> define(String name, byte[] bytes) throws ClassNotFoundException {
    classes.put(name, bytes);
    return Class.forName(name, true, this);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) return loaded;
    byte[] own = classes.get(name);
    return own == null ? super.loadClass(name, resolve) : defineClass(name, own, 0, own.length);
  }

  private static byte[] bytes(String name) {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = WovenHome.class.getClassLoader().getResourceAsStream(resource)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
