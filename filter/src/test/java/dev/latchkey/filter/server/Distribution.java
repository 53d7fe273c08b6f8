package dev.latchkey.filter.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is particular to a server: its files, its command, how an application is deployed. */
interface Distribution {
  /** Writes what the server needs into an empty folder of its own. */
  void prepare(Path home, Path base, int port) throws IOException;

  /** Where an unpacked application called {@code app} goes. */
  Path application(Path base);

  /** Deploys what lies there, or deploys it again. */
  void deploy(Path base) throws IOException;

  /** What follows {@code java} and its options. */
  List<String> command(Path home, Path base, int port);
}
