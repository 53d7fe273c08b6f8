package dev.latchkey.filter.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the two jars, and what an application can see of it. */
final class FilterJarIT {
  private static final String ROOM = "latchkey-filter/";
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @ValueSource(strings = {"latchkey-filter.jar", "latchkey-filter-javax.jar"})
  void applicationSeesNothingButTheFilter(String name) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String entry : entries(name)) {
      if (!entry.startsWith(ROOM) && !entry.endsWith("/")) seen.add(entry);
    }
    assertThat(seen)
        .allMatch(entry -> entry.startsWith("META-INF/") || isFilter(entry))
        .contains("dev/latchkey/filter/LatchkeyFilter.class")
        .noneMatch(entry -> entry.startsWith("META-INF/services"))
        .noneMatch(entry -> entry.startsWith("META-INF/versions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latchkey-filter.jar", "latchkey-filter-javax.jar"})
  void nothingInsideIsFoundByClassScanners(String name) throws IOException {
    assertThat(entries(name))
        .filteredOn(entry -> entry.startsWith(ROOM))
        .hasSizeGreaterThan(1_000)
        .noneMatch(entry -> entry.endsWith(".class"))
        .contains(
            ROOM + "dev/latchkey/core/Latchkey.classdata",
            ROOM + "dev/latchkey/jdbc/JdbcKeyStoreProvider.classdata",
            ROOM + "org/h2/Driver.classdata",
            ROOM + "org/postgresql/Driver.classdata",
            ROOM + "META-INF/services/dev.latchkey.core.store.KeyStoreProvider");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latchkey-filter.jar", "latchkey-filter-javax.jar"})
  void everyClassRunsOnJava8(String name) throws IOException {
    try (ZipFile jar = open(name)) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (!entry.getName().endsWith(".class") && !entry.getName().endsWith(".classdata"))
          continue;
        assertThat(major(jar, entry)).as(entry.getName()).isLessThanOrEqualTo(JAVA_8);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "latchkey-filter.jar, jakarta/servlet/Filter, javax/servlet/",
    "latchkey-filter-javax.jar, javax/servlet/Filter, jakarta/servlet/"
  })
  void filterSpeaksOneNamespace(String name, String ours, String other) throws IOException {
    try (ZipFile jar = open(name)) {
      int speaking = 0;
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (!isFilter(entry.getName().replace(ROOM, ""))) continue;
        String text = text(jar, entry);
        assertThat(text).as(entry.getName()).doesNotContain(other);
        if (text.contains(ours)) speaking++;
      }
      assertThat(speaking).isGreaterThanOrEqualTo(2);
    }
  }

  /** The store's own library speaks javax.servlet in a console that nobody starts. */
  private static boolean isFilter(String entry) {
    return entry.startsWith("dev/latchkey/filter/") && !entry.endsWith("/");
  }

  private static List<String> entries(String name) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile jar = open(name)) {
      for (ZipEntry entry : Collections.list(jar.entries())) names.add(entry.getName());
    }
    return names;
  }

  private static int major(ZipFile jar, ZipEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }

  private static String text(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry);
        Scanner whole = new Scanner(in, StandardCharsets.ISO_8859_1.name())) {
      return whole.useDelimiter("\\A").next();
    }
  }

  private static ZipFile open(String name) throws IOException {
    Path folder = Paths.get(System.getProperty("latchkey.test.filters", "target"));
    return new ZipFile(folder.resolve(name).toFile());
  }
}
