package dev.latchkey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveTest {
  private static final int FILES = 500;

  @TempDir Path folder;

  private final Random random = new Random(7);

  @Test
  void readsEveryFileOfAnArchiveWithinAnotherAndNoOther() throws Exception {
    Map<String, byte[]> files = files();
    Archive archive = Archive.open(jar(files)).inner("inst/a.zip");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(archive.contains(file.getKey())).isTrue();
      assertThat(archive.read(file.getKey())).isEqualTo(file.getValue());
      assertThat(archive.read(file.getKey() + "x")).isNull();
      assertThat(archive.read(file.getKey().substring(1))).isNull();
    }
    assertThat(archive.contains("")).isFalse();
    assertThat(archive.contains("zz")).isFalse();
    assertThat(archive.contains("\u00e9")).isFalse();
  }

  @Test
  void isReadByManyThreadsOneOfThemInterrupted() throws Exception {
    Map<String, byte[]> files = files();
    Archive archive = Archive.open(jar(files)).inner("inst/a.zip");
    Callable<Boolean> reading =
        () -> {
          Thread.currentThread().interrupt();
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!java.util.Arrays.equals(archive.read(file.getKey()), file.getValue())) {
              return false;
            }
          }
          return true;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (java.util.concurrent.Future<Boolean> read :
          threads.invokeAll(java.util.Collections.nCopies(16, reading), 30, TimeUnit.SECONDS)) {
        assertThat(read.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysWhatToDoWithAJarThatIsDamaged() throws Exception {
    File jar = jar(files());
    byte[] whole = Files.readAllBytes(jar.toPath());
    for (int length : new int[] {0, 10, 22, whole.length / 2, whole.length - 1}) {
      Files.write(jar.toPath(), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Archive.open(jar).inner("inst/a.zip"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("put the original file back");
    }
  }

  @Test
  void nothingButAnIOExceptionComesOutOfDamage() throws Exception {
    Map<String, byte[]> files = files();
    File jar = jar(files);
    Archive archive = Archive.open(jar).inner("inst/a.zip");
    try (RandomAccessFile damage = new RandomAccessFile(jar, "rw")) {
      byte[] noise = new byte[(int) damage.length()];
      random.nextBytes(noise);
      damage.write(noise);
    }
    for (String name : files.keySet()) {
      try {
        archive.read(name);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void namesAnArchiveThatIsNotThere() throws Exception {
    Archive outer = Archive.open(jar(files()));
    assertThatThrownBy(() -> outer.inner("inst/b.zip"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("inst/b.zip");
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      if (i % 3 != 0) random.nextBytes(bytes);
      files.put("a/" + Integer.toString(random.nextInt(), 36).replace('-', '$'), bytes);
    }
    files.put("a/empty", new byte[0]);
    files.put("a/extra", new byte[] {1, 2, 3});
    return files;
  }

  private File jar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        if (file.getKey().equals("a/extra")) entry.setExtra(new byte[] {9, 9, 2, 0, 1, 1});
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
    File jar = folder.resolve("a.jar").toFile();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar.toPath()))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(stored("inst/a.zip", inner.toByteArray()));
      zip.write(inner.toByteArray());
    }
    return jar;
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    return entry;
  }
}
