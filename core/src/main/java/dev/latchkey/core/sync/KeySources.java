package dev.latchkey.core.sync;

import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Candidates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What the key file and then the environment hold; what is malformed is refused with a reason. */
public final class KeySources implements Candidates {
  private static final int MOST_TOLD = 1_000;

  private final Consumer<String> refusals;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private KeySources(Consumer<String> refusals) {
    this.refusals = refusals;
  }

  /** Sources that tell {@code refusals} what they left out and why, once for each reason. */
  public static KeySources create(Consumer<String> refusals) {
    return new KeySources(refusals);
  }

  @Override
  public List<Candidate> find(Provider provider, Owner owner) {
    List<Candidate> found = new ArrayList<>();
    fromFile(provider, found).forEach(this::tell);
    for (Secret secret : provider.environmentKeys()) {
      found.add(new Candidate(secret, KeySource.ENVIRONMENT));
    }
    return found;
  }

  /** Why what the key file holds is not used; empty where it is, or where there is no file. */
  List<String> refusals(Provider provider) {
    return fromFile(provider, new ArrayList<>());
  }

  /** Adds what the file holds; returns what was refused. */
  private static List<String> fromFile(Provider provider, List<Candidate> found) {
    Path file = provider.keyFile();
    List<String> refused = new ArrayList<>();
    if (file == null) return refused;
    try {
      List<String> lines = KeyFile.read(file);
      if (lines.size() > 1 && !provider.pooled()) {
        throw new KeyFile.Refused(
            file
                + " has "
                + lines.size()
                + " lines; one key is expected (owner: shared takes many)");
      }
      for (String line : lines) addFormed(provider, file, line, found, refused);
    } catch (KeyFile.Refused e) {
      refused.add(String.valueOf(e.getMessage()));
    }
    return refused;
  }

  private static void addFormed(
      Provider provider, Path file, String line, List<Candidate> found, List<String> refused) {
    String refusal = provider.keyFormat().refuse(line);
    if (refusal == null) found.add(new Candidate(Secret.of(line), KeySource.KEY_FILE));
    else refused.add(file + " holds no " + provider.name() + " key: " + refusal);
  }

  private void tell(String refusal) {
    if (told.size() >= MOST_TOLD) told.clear();
    if (told.add(refusal)) refusals.accept(refusal);
  }
}
