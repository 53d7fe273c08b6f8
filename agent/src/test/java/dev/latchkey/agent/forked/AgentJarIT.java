package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the packaged agent's jar, and where. */
final class AgentJarIT {
  private static final int JAVA_8 = 52;
  private static final int JAVA_9 = 53;
  private static final int JAVA_11 = 55;
  private static final String JAVA_11_PART = "inst/dev/latchkey/agent/client/jdk/";
  private static final String JAVA_9_PART =
      "inst/dev/latchkey/agent/bridge/LookupDefiner.classdata";
  private static final long LARGEST = 16_000_000;

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(Fork.agent());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void rootHoldsTheFirstLayerAndNoForeignPackage() {
    assertThat(names().stream().filter(name -> !name.startsWith("inst/")))
        .allMatch(name -> name.matches("(dev/latchkey/agent/[\\w-]+\\.class|META-INF/[\\w.-]+)"))
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeBetween(3, 12);
  }

  @Test
  void nothingElseIsAClassForAnybodyElse() {
    assertThat(names().stream().filter(name -> name.startsWith("inst/")))
        .noneMatch(name -> name.endsWith(".class"))
        .contains("inst/java/lang/LatchkeyBridge.classdata");
  }

  @Test
  void noClassIsInTwoLayersOrIsTheBridgesSource() {
    List<String> classes =
        names().stream()
            .filter(name -> name.matches(".*\\.class(data)?"))
            .map(name -> name.replaceFirst("^inst/", "").replaceFirst("\\.class(data)?$", ""))
            .collect(Collectors.toList());
    assertThat(classes)
        .doesNotHaveDuplicates()
        .doesNotContain("dev/latchkey/agent/bridge/LatchkeyBridge");
  }

  @Test
  void everythingRunsOnJava8ButTheNewerParts() throws IOException {
    List<String> tooNew = new ArrayList<>();
    for (String name : names()) {
      if (!name.matches(".*\\.class(data)?")) continue;
      if (version(name) > allowed(name)) tooNew.add(name);
    }
    assertThat(tooNew).isEmpty();
  }

  @Test
  void leftoversOfTheLibrariesAreGone() {
    assertThat(names())
        .noneMatch(name -> name.contains("module-info"))
        .noneMatch(name -> name.contains("META-INF/versions"))
        .noneMatch(name -> name.contains("META-INF/maven"))
        .noneMatch(name -> name.matches(".*META-INF/[^/]+\\.(SF|RSA|DSA)"))
        .noneMatch(name -> name.endsWith("java.sql.Driver"));
  }

  @Test
  void licencesOfTheLibrariesAreThere() {
    assertThat(names())
        .contains("META-INF/THIRD-PARTY.txt", "META-INF/LICENSE", "inst/META-INF/LICENSE")
        .contains("inst/META-INF/NOTICE");
  }

  @Test
  void noClassMentionsTheRealLogging() throws IOException {
    List<String> mentioning = new ArrayList<>();
    for (String name : names()) {
      boolean mentions = name.endsWith(".classdata") && mentions(name, "java/util/logging/Log");
      // Kotlin keeps names in its metadata, which nobody loads.
      if (mentions && !name.startsWith("inst/okhttp3/") && !name.startsWith("inst/okio/")) {
        mentioning.add(name);
      }
    }
    assertThat(mentioning).isEmpty();
  }

  @Test
  void manifestSaysWhereToStart() throws IOException {
    Attributes main = jar.getManifest().getMainAttributes();
    assertThat(main.getValue("Premain-Class")).isEqualTo("dev.latchkey.agent.LatchkeyAgent");
    assertThat(main.getValue("Agent-Class")).isEqualTo("dev.latchkey.agent.LatchkeyAgent");
    assertThat(main.getValue("Main-Class")).isEqualTo("dev.latchkey.agent.Main");
    assertThat(main.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(main.getValue("Implementation-Version")).isNotBlank();
    assertThat(main.containsKey(new Attributes.Name("Boot-Class-Path"))).isFalse();
  }

  @Test
  void sizeStaysBelowTheLimit() {
    assertThat(Fork.agent().length()).isLessThan(LARGEST);
  }

  private static int allowed(String name) {
    if (name.startsWith(JAVA_11_PART)) return JAVA_11;
    return name.equals(JAVA_9_PART) ? JAVA_9 : JAVA_8;
  }

  private List<String> names() {
    return jar.stream()
        .filter(entry -> !entry.isDirectory())
        .map(JarEntry::getName)
        .collect(Collectors.toList());
  }

  private int version(String name) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }

  private boolean mentions(String name, String text) throws IOException {
    byte[] bytes = new byte[(int) jar.getEntry(name).getSize()];
    try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
      in.readFully(bytes);
    }
    return new String(bytes, "ISO-8859-1").contains(text);
  }
}
