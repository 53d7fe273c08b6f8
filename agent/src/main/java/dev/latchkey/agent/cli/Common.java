package dev.latchkey.agent.cli;

import java.io.File;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the settings. */
final class Common {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings; else LATCHKEY_CONFIG, else latchkey.yaml beside the jar.")
  @Nullable File config;

  @Option(names = "--json", description = "Answer with one JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean help;
}
