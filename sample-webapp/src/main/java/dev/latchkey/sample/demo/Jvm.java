package dev.latchkey.sample.demo;

import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts processes with the same Java as this one, and with nobody's settings but the demo's. */
final class Jvm {
  private static final List<String> NOT_INHERITED =
      Arrays.asList("LATCHKEY_", "OPENROUTER_", "OPENAI_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  private static final List<String> NETWORK =
      Arrays.asList(
          "https.proxyHost",
          "https.proxyPort",
          "http.nonProxyHosts",
          "socksProxyHost",
          "socksProxyPort",
          "java.net.useSystemProxies",
          "javax.net.ssl.trustStorePassword",
          "javax.net.ssl.trustStoreProvider",
          "javax.net.ssl.trustStoreType");

  private Jvm() {}

  /**
   * A process that is not yet started.
   *
   * @param environment added to what this process has, less what could be the user's own settings
   */
  static ProcessBuilder command(Path folder, Map<String, String> environment, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(Jvm::isUsersOwn);
    builder.environment().putAll(environment);
    return builder;
  }

  private static boolean isUsersOwn(String variable) {
    return NOT_INHERITED.stream().anyMatch(variable::startsWith);
  }

  /** What this process was told of proxies and certificates, for a child that calls out too. */
  static List<String> networkFlags() {
    List<String> flags = new ArrayList<>();
    for (String name : NETWORK) {
      String value = System.getProperty(name);
      if (value != null) flags.add("-D" + name + "=" + value);
    }
    String trusted = System.getProperty("javax.net.ssl.trustStore");
    if (trusted != null) flags.add("-Djavax.net.ssl.trustStore=" + absolute(trusted));
    return flags;
  }

  /** The child runs in another folder; what is no file, as {@code NONE}, stays as it is. */
  private static String absolute(String path) {
    File file = new File(path);
    return file.isFile() ? file.getAbsolutePath() : path;
  }

  /** This process's class path with absolute names, for a child in another folder. */
  static String classPath() {
    List<String> absolute = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      absolute.add(new File(entry).getAbsolutePath());
    }
    return String.join(File.pathSeparator, absolute);
  }
}
