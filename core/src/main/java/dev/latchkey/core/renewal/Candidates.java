package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Provider;
import java.util.List;

/** Keys that an operator has put somewhere by hand: what a renewal tries before it mints. */
public interface Candidates {

  /** A key with where it was found. Immutable. */
  final class Candidate {
    private final Secret secret;
    private final KeySource source;

    /** A key that was found. */
    public Candidate(Secret secret, KeySource source) {
      this.secret = secret;
      this.source = source;
    }

    /** The key. */
    public Secret secret() {
      return secret;
    }

    /** Where it was found. */
    public KeySource source() {
      return source;
    }
  }

  /** What the key file and the environment hold now, in that order; does file I/O. */
  List<Candidate> find(Provider provider, Owner owner);
}
