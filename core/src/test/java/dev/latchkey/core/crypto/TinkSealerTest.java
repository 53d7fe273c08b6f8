package dev.latchkey.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import org.junit.jupiter.api.Test;

class TinkSealerTest {
  private static final String KEYSET = Keysets.generate();
  private static final Secret SECRET = Secret.of("sk-or-v1-canary-0123456789");
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own("openrouter", ALICE);

  private final Sealer sealer = Keysets.ofText(KEYSET, "LATCHKEY_KEYSET");
  private final String sealed = sealer.seal(SECRET, ID, "openrouter", ALICE, 1);

  @Test
  void opensWhatItSealed() throws Exception {
    assertThat(sealer.open(sealed, ID, "openrouter", ALICE, 1)).isEqualTo(SECRET);
  }

  @Test
  void opensWhatAnotherProcessWithTheSameKeysetSealed() throws Exception {
    Sealer other = Keysets.ofText(KEYSET, "elsewhere");

    assertThat(other.open(sealed, ID, "openrouter", ALICE, 1)).isEqualTo(SECRET);
  }

  @Test
  void isPrintableAndNeverTheSameTwice() {
    assertThat(sealed).matches("v1\\.[A-Za-z0-9+/=]+").doesNotContain("canary");
    assertThat(sealer.seal(SECRET, ID, "openrouter", ALICE, 1)).isNotEqualTo(sealed);
  }

  @Test
  void isBoundToItsRowAndGeneration() {
    Owner bob = Owner.of("bob");
    refuses(KeyId.own("openrouter", bob), "openrouter", ALICE, 1);
    refuses(ID, "openai", ALICE, 1);
    refuses(ID, "openrouter", bob, 1);
    refuses(ID, "openrouter", ALICE, 2);
  }

  @Test
  void keepsNeighbouringFieldsApart() {
    String one = sealer.seal(SECRET, ID, "ab", Owner.of("c"), 1);

    assertThatThrownBy(() -> sealer.open(one, ID, "a", Owner.of("bc"), 1))
        .isInstanceOf(UnsealException.class);
  }

  @Test
  void refusesWhatWasAltered() {
    char last = sealed.charAt(sealed.length() - 5);
    String altered =
        sealed.substring(0, sealed.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 4);
    for (String bad : new String[] {altered, "", "v1.", "v1.!!", "v2." + sealed, SECRET.hint()}) {
      assertThatThrownBy(() -> sealer.open(bad, ID, "openrouter", ALICE, 1))
          .isInstanceOf(UnsealException.class)
          .hasMessageContaining("altered since it was stored")
          .hasMessageContaining("restore the row from a backup, or delete it");
    }
  }

  @Test
  void namesTheKeysetThatDoesNotFit() {
    Sealer other = Keysets.ofText(Keysets.generate(), "/etc/latchkey/keyset.json");

    assertThatThrownBy(() -> other.open(sealed, ID, "openrouter", ALICE, 1))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("another keyset than the one of /etc/latchkey/keyset.json")
        .hasMessageContaining("put the keyset back");
  }

  private void refuses(KeyId id, String provider, Owner owner, long generation) {
    assertThatThrownBy(() -> sealer.open(sealed, id, provider, owner, generation))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("moved here from another row")
        .hasMessageNotContaining("canary");
  }
}
