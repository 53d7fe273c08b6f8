package dev.latchkey.agent.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Packs what the agent's own loader loads, as the agent's {@code Archive} wants it: in the order of
 * the names, classes under names that no other loader asks for. What is read while an application
 * starts has no lambdas, is not compressed and makes the JVM load little that it does not use.
 */
public final class ClassesZip {
  private static final String ROOT_LAYER = "dev/latchkey/agent/[^/]*\\.class";
  private static final String BUILD = "dev/latchkey/agent/build/.*";
  private static final String OURS = "dev/latchkey/";
  private static final String LEFT_OUT = "META-INF/(MANIFEST\\.MF|THIRD-PARTY\\.txt)";

  /** Packages that a start reads much of; with all the others the jar would be twice as large. */
  private static final String[] STARTING = {
    "com/google/crypto/tink/aead/",
    "com/google/crypto/tink/subtle/",
    "com/zaxxer/hikari/",
    OURS,
    "net/bytebuddy/jar/asm/",
    "org/h2/command/",
    "org/h2/engine/",
    "org/h2/expression/",
    "org/h2/index/",
    "org/h2/jdbc/",
    "org/h2/mvstore/",
    "org/h2/res/",
    "org/h2/result/",
    "org/h2/schema/",
    "org/h2/store/",
    "org/h2/table/",
    "org/h2/value/",
    "org/slf4j/",
    "org/yaml/snakeyaml/",
  };

  private final Map<String, byte[]> files = new TreeMap<>();

  private ClassesZip() {}

  /** The jar of everything, the archive to write, the time that all its files bear (ISO 8601). */
  public static void main(String[] arguments) throws IOException {
    ClassesZip zip = new ClassesZip();
    zip.add(read(Paths.get(arguments[0])));
    zip.write(Paths.get(arguments[1]), OffsetDateTime.parse(arguments[2]));
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        boolean left = entry.isDirectory() || name.matches(ROOT_LAYER) || name.matches(BUILD);
        if (!left && !name.matches(LEFT_OUT)) files.put(name, bytes(in));
      }
    }
    Lighter.make(files);
    return files;
  }

  private void add(Map<String, byte[]> read) {
    ClassTypes types = ClassTypes.of(read);
    read.forEach((name, file) -> add(name, file, types));
  }

  private void add(String name, byte[] file, ClassTypes types) {
    if (!name.endsWith(".class")) files.put(name, file);
    else if (!isRead(name)) files.put(name + "data", file);
    else addRead(name.startsWith(OURS) ? file : Upcasts.of(file, types));
  }

  private void addRead(byte[] file) {
    LambdaClasses.of(file).forEach((type, made) -> files.put(type + ".classdata", made));
  }

  private static boolean isRead(String name) {
    for (String prefix : STARTING) {
      if (name.startsWith(prefix)) return true;
    }
    return false;
  }

  private void write(Path to, OffsetDateTime time) throws IOException {
    Files.createDirectories(to.getParent());
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(9);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time.toInstant().toEpochMilli());
        if (isRead(file.getKey())) store(entry, file.getValue());
        out.putNextEntry(entry);
        out.write(file.getValue());
      }
    }
  }

  private static void store(ZipEntry entry, byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
  }

  static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }
}
