package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM that is about to be forked with the packaged agent, or what is left of it afterwards. */
final class Fork {
  private static final int LONGEST_SECONDS = 180;
  private static final String AGENT_VARIABLES = "LATCHKEY|OPENROUTER|OPENAI|JAVA_TOOL_OPTIONS";

  private final Jdk jdk;
  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String classPath = new File("target/test-classes").getAbsolutePath();

  private Fork(Jdk jdk) {
    this.jdk = jdk;
  }

  static Fork of(Jdk jdk) {
    return new Fork(jdk);
  }

  /** The packaged agent; tests of it run after it was built. */
  static File agent() {
    File jar = new File(System.getProperty("latchkey.test.agent", "target/latchkey-agent.jar"));
    assertThat(jar).as("the packaged agent").isFile();
    return jar.getAbsoluteFile();
  }

  Fork withAgent(String arguments) {
    return flag("-javaagent:" + agent() + (arguments.isEmpty() ? "" : "=" + arguments));
  }

  Fork flag(String flag) {
    flags.add(flag);
    return this;
  }

  Fork classPath(File jar) {
    classPath += File.pathSeparator + jar.getAbsolutePath();
    return this;
  }

  Fork variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs a class of the tests' own. */
  Result run(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.tool("java"));
    command.addAll(flags);
    command.addAll(Arrays.asList("-cp", classPath));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  /** Runs one of the JDK's tools. */
  Result tool(String tool, String... arguments) {
    return program(jdk.tool(tool), arguments);
  }

  /** Runs a program that starts a JVM; flags are given by {@code JAVA_TOOL_OPTIONS}. */
  Result program(String path, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(path);
    command.addAll(Arrays.asList(arguments));
    variable("JAVA_TOOL_OPTIONS", String.join(" ", flags));
    return run(command);
  }

  private Result run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.matches("(" + AGENT_VARIABLES + ").*"));
      builder.environment().put("HOME", home().getPath());
      builder.environment().putAll(environment);
      return finished(builder.start(), command);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(command.toString(), e);
    }
  }

  private static File home() {
    File home = new File("target/forked-home").getAbsoluteFile();
    if (!home.isDirectory() && !home.mkdirs()) throw new AssertionError("cannot make " + home);
    return home;
  }

  private static Result finished(Process process, List<String> command)
      throws InterruptedException, IOException {
    process.getOutputStream().close();
    CompletableFuture<String> out = text(process.getInputStream());
    CompletableFuture<String> err = text(process.getErrorStream());
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) process.destroyForcibly().waitFor();
    Result result = new Result(process.exitValue(), out.join(), err.join());
    assertThat(ended).as("%s ends by itself%n%s", command, result).isTrue();
    return result;
  }

  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
            return new String(out.toByteArray(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "unreadable: " + e;
          }
        },
        command -> new Thread(command, "fork-output").start());
  }

  /** What a forked JVM left behind. */
  static final class Result {
    final int exit;
    final String out;
    final String err;

    Result(int exit, String out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }

    /** What was said on stderr, line by line. */
    List<String> complaints() {
      return err.isEmpty() ? new ArrayList<>() : Arrays.asList(err.split("\r?\n"));
    }

    @Override
    public String toString() {
      return "exit " + exit + "\n--- out\n" + out + "--- err\n" + err;
    }
  }
}
