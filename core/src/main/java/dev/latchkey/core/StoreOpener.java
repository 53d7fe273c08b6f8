package dev.latchkey.core;

import dev.latchkey.core.config.Settings;
import dev.latchkey.core.crypto.Keysets;
import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.KeyStoreProvider;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.Snapshot;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the key table that the settings name, with whatever store is on our own class path. */
final class StoreOpener implements Supplier<KeyStore> {
  private static final String NOT_MADE = " is not made yet, and a dry run makes none";

  private final StoreSettings settings;
  private volatile @Nullable KeyStoreProvider provider;

  private StoreOpener(StoreSettings settings) {
    this.settings = settings;
  }

  /** Opens what is there, and makes what is not. */
  static StoreOpener of(Settings settings, TimeSource time) {
    return new StoreOpener(settings(settings, () -> sealer(settings), time));
  }

  /** Opens what is there; throws a {@link StoreException} rather than make anything. */
  static StoreOpener lookingOnly(Settings settings, TimeSource time) {
    return new StoreOpener(settings(settings, () -> existingSealer(settings), time).lookingOnly());
  }

  private static StoreSettings settings(
      Settings settings, Supplier<Sealer> sealer, TimeSource time) {
    return StoreSettings.of(
        settings.storeUrl(),
        settings.storeUsername(),
        settings.storePassword(),
        settings.storeNotify(),
        sealer,
        time);
  }

  /** The same over a container's connections. */
  StoreOpener over(Object connections, String name) {
    return new StoreOpener(settings.over(connections, name));
  }

  /** Whether nothing is stored yet, as far as that can be told without opening it. */
  boolean isNew() {
    if (settings.url().equals("memory")) return false;
    KeyStoreProvider opens = provider();
    return opens != null && opens.isNew(settings.url());
  }

  /** What is known of the table without opening it; null for nothing. */
  @Nullable Snapshot snapshot() {
    if (settings.url().equals("memory")) return null;
    KeyStoreProvider opens = provider();
    return opens == null ? null : opens.snapshot(settings);
  }

  @Override
  public KeyStore get() {
    String url = settings.url();
    if (url.equals("memory")) return MemoryStore.create(settings.time());
    if (!settings.makesTables() && isNew()) throw new StoreException("the key table" + NOT_MADE);
    KeyStoreProvider opens = provider();
    if (opens != null) return opens.open(settings);
    int end = url.indexOf(':', url.startsWith("jdbc:") ? 5 : 0);
    throw new StoreException(
        "store.url: no store opens "
            + (end < 0 ? url : url.substring(0, end))
            + " URLs; use jdbc:postgresql:, jdbc:h2:, h2:FOLDER or memory");
  }

  private @Nullable KeyStoreProvider provider() {
    if (provider != null) return provider;
    ClassLoader ours = StoreOpener.class.getClassLoader();
    for (KeyStoreProvider each : ServiceLoader.load(KeyStoreProvider.class, ours)) {
      if (each.accepts(settings.url())) return provider = each;
    }
    return null;
  }

  private static Sealer existingSealer(Settings settings) {
    Path file = settings.keysetFile();
    if (settings.keysetText() == null && file != null && !Files.exists(file)) {
      throw new StoreException("the keyset " + file + NOT_MADE);
    }
    return sealer(settings);
  }

  private static Sealer sealer(Settings settings) {
    Secret text = settings.keysetText();
    if (text != null) {
      return Keysets.ofText(text.reveal(SecretAccess.granted()), "LATCHKEY_KEYSET");
    }
    Path file = settings.keysetFile();
    if (file == null) throw new StoreException("encryption.keyset-file is not set");
    return Keysets.ofFile(file);
  }
}
