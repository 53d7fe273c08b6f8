package dev.latchkey.sample.demo;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A temporary folder of its owner's only, that holds all the demo writes: agent, WAR, stores, logs.
 */
final class Workspace {
  private final Path root;

  private Workspace(Path root) {
    this.root = root;
  }

  /** Makes the folder and unpacks agent and WAR from the demo's own jar. */
  static Workspace create() throws IOException {
    Workspace workspace = in(Files.createTempDirectory("latchkey-demo-"));
    workspace.unpack("latchkey-agent.jar");
    workspace.unpack("sample-webapp.war");
    return workspace;
  }

  /** One in an existing folder, with nothing unpacked. */
  static Workspace in(Path folder) {
    return new Workspace(folder);
  }

  private void unpack(String name) throws IOException {
    try (InputStream in = Workspace.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new FileNotFoundException("not in the demo's jar: " + name + "; build it again");
      }
      Files.copy(in, root.resolve(name));
    }
  }

  File agent() {
    return root.resolve("latchkey-agent.jar").toFile();
  }

  File war() {
    return root.resolve("sample-webapp.war").toFile();
  }

  /** Adds an account to the unpacked WAR, with the password of another one. */
  void addAccount(String name, String like) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(war().toPath(), (ClassLoader) null)) {
      Path file = zip.getPath("WEB-INF/users.properties");
      List<String> lines = Files.readAllLines(file);
      String one = lines.stream().filter(l -> l.startsWith(like + "=")).findFirst().orElse("");
      if (one.isEmpty()) throw new IOException("no such account in the application: " + like);
      lines.add(name + one.substring(like.length()));
      Files.write(file, lines);
    }
  }

  /** A folder by this name, made where there is none. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  Path root() {
    return root;
  }

  /** Writes a small text file that only its owner can read, as a careful operator does. */
  static Path write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    File asFile = file.toFile();
    boolean closed = asFile.setReadable(false, false) && asFile.setWritable(false, false);
    boolean opened = asFile.setReadable(true, true) && asFile.setWritable(true, true);
    if (!closed || !opened) throw new IOException("cannot make it its owner's only: " + file);
    return file;
  }

  /** Every file that was written, without the two that came out of the jar. */
  List<Path> written() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean ours = file.equals(agent().toPath()) || file.equals(war().toPath());
            if (!ours && attributes.isRegularFile()) files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Deletes all of it, as far as the system lets it. */
  void delete() {
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (IOException e) {
      System.err.println("could not delete " + root + ": " + e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
