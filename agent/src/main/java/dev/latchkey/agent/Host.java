package dev.latchkey.agent;

import org.jspecify.annotations.Nullable;

/** The process that the agent finds itself in: whether it should do anything there at all. */
final class Host {
  private static final String[] TOOLS = {
    "sun.tools.", // jps, jstack, jmap of Java 8
    "com.sun.tools.", // javac, javadoc
    "sun.security.tools.", // keytool, jarsigner
    "jdk.", // jlink, jshell, the tools' modules
    "java.base/sun.", // keytool where it is started as a module
    "org.codehaus.plexus.classworlds.launcher.", // Maven
    "org.codehaus.classworlds.launcher."
  };

  private Host() {}

  static boolean isSwitchedOff(@Nullable String arguments) {
    if (arguments != null && ("," + arguments + ",").contains(",enabled=false,")) return true;
    String property = System.getProperty("latchkey.enabled");
    return "false"
        .equalsIgnoreCase(property != null ? property : System.getenv("LATCHKEY_ENABLED"));
  }

  /** Whether this JVM runs one of the JDK's tools, Maven, or {@code catalina stop}. */
  static boolean isTool() {
    return isTool(System.getProperty("sun.java.command"), System.getProperty("jdk.module.main"));
  }

  static boolean isTool(@Nullable String command, @Nullable String mainModule) {
    if (mainModule != null && (mainModule.startsWith("jdk.") || mainModule.equals("java.base"))) {
      return true;
    }
    if (command == null) return false;
    for (String tool : TOOLS) {
      if (command.startsWith(tool)) return true;
    }
    return command.startsWith("org.apache.catalina.startup.Bootstrap")
        && command.trim().endsWith(" stop");
  }

  /** Whether a copy of the agent, perhaps from another jar and loader, is at work already. */
  static boolean hasAgent() {
    try {
      Class.forName("java.lang.LatchkeyBridge", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Java before 8u40 has bugs with lambdas in agents (JDK-8041920). */
  static boolean isTooOld() {
    return isTooOld(System.getProperty("java.version", ""));
  }

  static boolean isTooOld(String version) {
    if (!version.startsWith("1.8.0")) return version.startsWith("1.");
    int update = 0;
    for (int i = "1.8.0_".length(); i < version.length(); i++) {
      char digit = version.charAt(i);
      if (digit < '0' || digit > '9') break;
      update = update * 10 + (digit - '0');
    }
    return update < 40;
  }
}
