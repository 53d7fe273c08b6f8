package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.forked.carry.CarryApp;
import dev.latchkey.agent.forked.carry.LeakApp;
import dev.latchkey.agent.forked.carry.SpringApp;
import dev.latchkey.agent.forked.carry.TomcatApp;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Resource;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose work in other threads is, with {@code identity.propagate} and without, on every Java at
 * hand. The JVM verifies the woven JDK classes, which it does not do by itself.
 */
final class PropagationIT {
  private static final String NOWHERE = "http://127.0.0.1:1/api";

  private static final List<String> POOLS =
      Arrays.asList(
          "execute=alice",
          "submit=alice",
          "early, nobody=null",
          "early=alice",
          "early submit=alice",
          "early afterwards=null",
          "woven=true",
          "reused=null",
          "nobody=null",
          "submitter keeps=alice",
          "nested=alice,alice",
          "in line=[alice, bob, alice, null]",
          "invokeAll=alice",
          "throws=alice,null",
          "execute throws=alice,null",
          "timer=alice",
          "timer reused=null",
          "periodic=[null, null]",
          "request over=alice,alice",
          "shared by users=[null, null]",
          "shared later=[alice, bob]",
          "queue holds=true,true",
          "removed=true,0",
          "cancelled=true,true,true,0",
          "hooks see=true,alice",
          "caller runs=alice,alice",
          "rejected=true,bob",
          "handler sees=true",
          "shut down=true");

  private static final List<String> FORK_JOIN =
      Arrays.asList(
          "fj execute=alice",
          "fj submit=alice",
          "fj invoke=[alice]",
          "fj invokeAll=[alice]",
          "fj nobody=[null]",
          "fj throws=alice",
          "fj reused=[null]",
          "fj fork=[alice]",
          "fj worker to pool=alice,alice",
          "stream=[alice]",
          "many users=[]",
          "common=alice");

  private static final List<String> STAGES =
      Arrays.asList(
          "supplyAsync=alice",
          "supplyAsync in pool=alice",
          "supplyAsync here=alice",
          "runAsync=alice",
          "stage of alice, completed by bob=alice",
          "stage of alice, completed by nobody=alice",
          "stage of nobody, completed by bob=null",
          "stage on default=alice",
          "stage run by bob=alice",
          "bob afterwards=bob",
          "stage of two=alice",
          "complete already=alice",
          "async again=alice,alice,alice",
          "delayed=alice",
          "afterwards=null",
          "new thread=null");

  private static final List<String> VIRTUAL =
      Arrays.asList(
          "virtual=alice",
          "virtual execute=alice",
          "virtual of nobody=null",
          "virtual afterwards=alice,null",
          "virtual, request goes on=alice,null,null",
          "virtual to pool=alice",
          "virtual that parks=alice",
          "platform threads=alice",
          "many virtual=2000 right");

  @TempDir Path folder;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void workIsTheUsersWhoHandedItOn(Jdk jdk) throws IOException {
    Fork.Result result = app(jdk, true, 3);
    assertThat(lines(result)).as("%s", result).containsExactlyElementsOf(expected(result));
    assertThat(result.complaints()).allMatch(line -> line.contains(" INFO latchkey "));
  }

  /** With one thread in the common pool, stages get threads of their own up to Java 24. */
  @ParameterizedTest
  @MethodSource("jdks")
  void oneProcessorIsEnough(Jdk jdk) throws IOException {
    Fork.Result result = app(jdk, true, 1);
    assertThat(lines(result)).as("%s", result).containsExactlyElementsOf(expected(result));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutTheSettingNothingIsWoven(Jdk jdk) throws IOException {
    Fork.Result result = app(jdk, false, 3);
    assertThat(lines(result)).as("%s", result).hasSameSizeAs(expected(result));
    assertThat(lines(result).stream().filter(line -> line.matches("[^=]*=.*alice.*")))
        .as("%s", result)
        .allMatch(line -> line.matches("(submitter keeps|caller runs|fj fork|stream|.* here)=.*"));
    assertThat(lines(result))
        .contains("woven=false", "queue holds=true,true", "stage run by bob=bob");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void undeployedApplicationsLeaveNothing(Jdk jdk) throws IOException {
    Fork.Result result = fork(jdk, true).run(LeakApp.class, NOWHERE + "/ask");
    assertThat(lines(result)).as("%s", result).containsExactly("ran=60", "left=0");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void springsExecutorsCarryTheUser(Jdk jdk) throws IOException {
    Fork fork = fork(jdk, true);
    File[] jars = new File("target/spring").listFiles();
    assertThat(jars).as("Spring, copied by the build").isNotEmpty();
    for (File jar : jars) fork.classPath(jar);
    Fork.Result result = fork.run(SpringApp.class, NOWHERE + "/ask");
    assertThat(lines(result))
        .as("%s", result)
        .containsExactly(
            "simple=alice",
            "simple with a factory=alice",
            "simple of nobody=null",
            "pool=alice",
            "pool reused=null",
            "pool of bob=bob",
            "concurrent=alice",
            "scheduler=alice",
            "queue holds=true");
  }

  /** Tomcat on a plain pool of the JDK's with one thread, which every connection shares. */
  @ParameterizedTest
  @MethodSource("jdks")
  void serversThreadsCarryWhatTheApplicationStartsAndNothingElse(Jdk jdk) throws IOException {
    Fork fork = fork(jdk, true).classPath(jarOf(Tomcat.class)).classPath(jarOf(Resource.class));
    Fork.Result result = fork.run(TomcatApp.class, NOWHERE + "/ask", folder.toString());
    assertThat(lines(result))
        .as("%s", result)
        .containsExactly(
            "started=alice",
            "next on the connection=null",
            "dispatched by her task=null",
            "next on the connection=null",
            "read later=null",
            "next on the connection=null",
            "another connection=null",
            "pool in request=bob");
  }

  private static List<String> expected(Fork.Result result) {
    List<String> all = new ArrayList<>(POOLS);
    all.addAll(FORK_JOIN);
    all.addAll(STAGES);
    if (lines(result).stream().anyMatch(line -> line.startsWith("virtual="))) all.addAll(VIRTUAL);
    return all;
  }

  private Fork.Result app(Jdk jdk, boolean propagate, int parallelism) throws IOException {
    return fork(jdk, propagate)
        .flag("-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + parallelism)
        .run(CarryApp.class, NOWHERE + "/ask");
  }

  private Fork fork(Jdk jdk, boolean propagate) throws IOException {
    return Fork.of(jdk)
        .withAgent("config=" + settings(propagate))
        .flag("-XX:+UnlockDiagnosticVMOptions")
        .flag("-XX:+BytecodeVerificationLocal")
        .variable("MY_API_KEY", "propagated-canary-77aa");
  }

  private static File jarOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private Path settings(boolean propagate) throws IOException {
    Path file = folder.resolve("latchkey.yaml");
    String text =
        ("store: {url: memory}\nidentity: {propagate: " + propagate + "}\n")
            + ("providers:\n  my-api:\n    base-url: " + NOWHERE + "\n    env: MY_API_KEY\n")
            + "    attach: {header: X-API-Key}\n";
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(Fork.Result result) {
    return Stream.of(result.out.split("\r?\n"))
        .filter(line -> line.contains("="))
        .collect(Collectors.toList());
  }
}
