package dev.latchkey.agent.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command line of {@code java -jar latchkey-agent.jar}. Exit code 0: fine; 1: what was asked
 * about is not fine; 2: the command or the settings are at fault.
 */
@Command(
    name = "latchkey",
    description = "Checks Latchkey's settings and key table, and tends keys.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "(check-config | test-store | keys ...)",
    footer = {
      "",
      "Exit codes: 0 fine; 1 what was asked about is not fine; 2 usage or settings.",
      "To run an application with it: java -javaagent:latchkey-agent.jar -jar application.jar"
    })
public final class Cli {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean version;

  private Cli() {}

  /** Runs one command on the process's own streams, then ends the process with its exit code. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.system();
    System.exit(run(terminal, SettingsOpening.of(terminal), arguments));
  }

  /** Runs one command; returns its exit code. */
  static int run(Terminal terminal, Opening opening, String... arguments) {
    return commands(Desk.of(terminal, opening))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setParameterExceptionHandler((fault, args) -> mistyped(fault, terminal))
        .setExecutionExceptionHandler((fault, command, parsed) -> unexpected(fault, terminal))
        .execute(arguments);
  }

  static CommandLine commands(Desk desk) {
    return new CommandLine(new Cli())
        .addSubcommand(new CheckConfig(desk))
        .addSubcommand(new TestStore(desk))
        .addSubcommand(
            new CommandLine(new KeysGroup())
                .addSubcommand(new KeysList(desk))
                .addSubcommand(new KeysSync(desk))
                .addSubcommand(new KeysEnsure(desk))
                .addSubcommand(new KeysRenew(desk))
                .addSubcommand(new KeysDisable(desk))
                .addSubcommand(new KeysEnable(desk)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static int mistyped(ParameterException fault, Terminal terminal) {
    CommandLine command = fault.getCommandLine();
    terminal.err().println(KeyRows.line(fault.getMessage()));
    command.usage(command.getErr());
    return Answer.NOT_UNDERSTOOD;
  }

  private static int unexpected(Exception fault, Terminal terminal) {
    terminal.err().println("latchkey: a fault of its own, please report it: " + fault);
    return Answer.NOT_FINE;
  }
}
