package dev.latchkey.agent.bench;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is put on a JVM's command line: nothing, Latchkey, or the agent to compare with. */
enum Agents {
  NONE {
    @Override
    List<String> flags(File settings) {
      return Collections.emptyList();
    }
  },
  LATCHKEY {
    @Override
    List<String> flags(File settings) {
      return Collections.singletonList("-javaagent:" + jar("latchkey") + "=config=" + settings);
    }
  },
  OPENTELEMETRY {
    @Override
    List<String> flags(File settings) {
      List<String> flags = new ArrayList<>();
      flags.add("-javaagent:" + jar("opentelemetry"));
      for (String signal : new String[] {"traces", "metrics", "logs"}) {
        flags.add("-Dotel." + signal + ".exporter=none");
      }
      return flags;
    }
  };

  abstract List<String> flags(File settings);

  /** The jar's path, which the build hands over. */
  static String jar(String which) {
    String path = System.getProperty("bench." + which);
    if (path == null) throw new IllegalStateException("run it as agent/BENCHMARKS.md says");
    return path;
  }
}
