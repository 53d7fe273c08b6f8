package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider as its definition and the operator's settings make it. */
final class DefinedProvider implements Provider {
  private final String name;
  private final List<Origin> origins;
  private final List<String> except;
  private final Attachment attachment;
  private final Classifier classifier;
  private final ProviderApi api;
  private final QuotaClock quotaClock;
  private final boolean pooled;
  private final EnvironmentKeys environment;
  private final @Nullable String provisioningVariable;
  private final @Nullable Path keyFile;
  private final KeyFormat keyFormat;
  private final RenewalPolicy renewal;

  DefinedProvider(
      String name,
      List<Origin> origins,
      List<String> except,
      Attachment attachment,
      Classifier classifier,
      ProviderApi api,
      QuotaClock quotaClock,
      boolean pooled,
      EnvironmentKeys environment,
      @Nullable String provisioningVariable,
      @Nullable Path keyFile,
      KeyFormat keyFormat,
      RenewalPolicy renewal) {
    this.name = name;
    this.origins = Collections.unmodifiableList(new ArrayList<>(origins));
    this.except = Collections.unmodifiableList(new ArrayList<>(except));
    this.attachment = attachment;
    this.classifier = classifier;
    this.api = api;
    this.quotaClock = quotaClock;
    this.pooled = pooled;
    this.environment = environment;
    this.provisioningVariable = provisioningVariable;
    this.keyFile = keyFile;
    this.keyFormat = keyFormat;
    this.renewal = renewal;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    return Origin.anyManages(origins, except, scheme, host, port, path);
  }

  @Override
  public boolean isAt(String scheme, String host, int port) {
    for (int i = 0; i < origins.size(); i++) {
      if (origins.get(i).isAt(scheme, host, port)) return true;
    }
    return false;
  }

  @Override
  public Attachment attachment() {
    return attachment;
  }

  @Override
  public Classifier classifier() {
    return classifier;
  }

  @Override
  public ProviderApi api() {
    return api;
  }

  @Override
  public QuotaClock quotaClock() {
    return quotaClock;
  }

  @Override
  public boolean pooled() {
    return pooled;
  }

  @Override
  public List<Secret> environmentKeys() {
    return environment.keys();
  }

  @Override
  public List<String> environmentFaults() {
    return environment.faults();
  }

  @Override
  public String environmentVariable() {
    return environment.variable();
  }

  @Override
  public @Nullable String provisioningVariable() {
    return provisioningVariable;
  }

  @Override
  public @Nullable Path keyFile() {
    return keyFile;
  }

  @Override
  public KeyFormat keyFormat() {
    return keyFormat;
  }

  @Override
  public RenewalPolicy renewal() {
    return renewal;
  }

  /** The name and the base URLs. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(name);
    for (Origin origin : origins) out.append(' ').append(origin.url());
    return out.toString();
  }
}
