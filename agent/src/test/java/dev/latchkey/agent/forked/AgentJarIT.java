package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the packaged agent's jar, and where. */
final class AgentJarIT {
  private static final int JAVA_8 = 52;
  private static final int JAVA_9 = 53;
  private static final int JAVA_11 = 55;
  private static final String JAVA_11_PART = "inst/dev/latchkey/agent/client/jdk/";
  private static final String JAVA_9_PART =
      "inst/dev/latchkey/agent/bridge/LookupDefiner.classdata";
  private static final long LARGEST = 20_000_000;

  private static final String ARCHIVE = "inst/classes.zip";

  /** What the jar holds; what the archive within holds stands under {@code inst/}. */
  private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

  /** Those of them that are compressed within the archive. */
  private static final Set<String> COMPRESSED = new HashSet<>();

  private static Attributes manifest;

  @BeforeAll
  static void read() throws IOException {
    try (JarFile jar = new JarFile(Fork.agent())) {
      manifest = jar.getManifest().getMainAttributes();
      for (JarEntry entry : Collections.list(jar.entries())) {
        try (InputStream in = jar.getInputStream(entry)) {
          FILES.put(entry.getName(), Bytes.all(in));
        }
      }
      try (ZipInputStream in = new ZipInputStream(jar.getInputStream(jar.getEntry(ARCHIVE)))) {
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
          String name = "inst/" + entry.getName();
          FILES.put(name, Bytes.all(in));
          if (entry.getMethod() == ZipEntry.DEFLATED) COMPRESSED.add(name);
        }
      }
    }
  }

  @Test
  void archiveCanBeReadWhereItIs() throws IOException {
    try (JarFile jar = new JarFile(Fork.agent())) {
      assertThat(jar.getEntry(ARCHIVE).getMethod()).isEqualTo(ZipEntry.STORED);
    }
    assertThat(names().stream().filter(name -> name.startsWith("inst/") && !name.equals(ARCHIVE)))
        .isSorted()
        .allMatch(name -> name.chars().allMatch(letter -> letter > ' ' && letter < 0x7F))
        .noneMatch(name -> name.endsWith("/"));
  }

  @Test
  void whatAStartReadsHasNoLambdas() {
    assertThat(names())
        .filteredOn(name -> name.matches("inst/(dev/latchkey|com/zaxxer/hikari)/.*data"))
        .hasSizeGreaterThan(400)
        .noneMatch(name -> mentions(name, "java/lang/invoke/LambdaMetafactory"))
        .anyMatch(name -> name.contains("$$Lambda"));
  }

  @Test
  void whatAStartReadsIsNotCompressed() {
    assertThat(COMPRESSED)
        .hasSizeGreaterThan(1_000)
        .noneMatch(
            name -> name.matches("inst/(dev/latchkey|org/h2/(engine|mvstore)|org/slf4j)/.*"));
  }

  @Test
  void messagesOfH2AreNotPackedWithItsWebConsole() {
    assertThat(names())
        .contains("inst/org/h2/res/_messages_en.prop", "inst/org/h2/res/_messages_ja.prop")
        .noneMatch(name -> name.endsWith("data.zip"));
  }

  @Test
  void rootHoldsTheFirstLayerAndNoForeignPackage() {
    assertThat(names().stream().filter(name -> !name.startsWith("inst/")))
        .allMatch(name -> name.matches("(dev/latchkey/agent/[\\w$-]+\\.class|META-INF/[\\w.-]+)"))
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
  void everythingRunsOnJava8ButTheNewerParts() {
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
  void noClassMentionsTheRealLogging() {
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
  void manifestSaysWhereToStart() {
    assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.latchkey.agent.LatchkeyAgent");
    assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.latchkey.agent.LatchkeyAgent");
    assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.latchkey.agent.Main");
    assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
    assertThat(manifest.containsKey(new Attributes.Name("Boot-Class-Path"))).isFalse();
  }

  @Test
  void sizeStaysBelowTheLimit() {
    assertThat(Fork.agent().length()).isLessThan(LARGEST);
  }

  private static int allowed(String name) {
    if (name.startsWith(JAVA_11_PART)) return JAVA_11;
    return name.equals(JAVA_9_PART) ? JAVA_9 : JAVA_8;
  }

  private static Set<String> names() {
    return FILES.keySet();
  }

  private static int version(String name) {
    byte[] bytes = FILES.get(name);
    return (bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF;
  }

  private static boolean mentions(String name, String text) {
    return new String(FILES.get(name), StandardCharsets.ISO_8859_1).contains(text);
  }
}
