package dev.latchkey.agent.cli;

import dev.latchkey.core.config.Settings;
import dev.latchkey.core.provider.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code check-config}: the settings in force, or all that is wrong with them. */
@Command(
    name = "check-config",
    description = {
      "Read the settings as an application would and say what is in force. Opens nothing.",
      "Exit code 2 if something is wrong; every fault is told at once, with file and line."
    })
final class CheckConfig implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Common common = new Common();

  CheckConfig(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    try {
      Settings settings = SettingsReader.read(desk.terminal(), common.config);
      return desk.terminal().print(answer(settings), common.json);
    } catch (Refusal e) {
      return desk.refuse(e, common.json);
    }
  }

  private static Answer answer(Settings settings) {
    return Answer.of(Answer.FINE, lines(settings), json(settings));
  }

  private static List<String> lines(Settings settings) {
    List<String> lines = new ArrayList<>();
    Path file = settings.file();
    lines.add("settings   " + (file == null ? "no file; the defaults" : file));
    lines.add("enabled    " + (settings.enabled() ? "yes" : "no") + dryRun(settings));
    lines.add("store      " + store(settings));
    lines.add("keyset     " + keyset(settings));
    lines.add("owner      " + KeyRows.owner(settings.defaultOwner()));
    for (Provider provider : settings.providers()) lines.add("provider   " + line(provider));
    for (String warning : settings.warnings()) lines.add("note       " + warning);
    return lines;
  }

  private static String dryRun(Settings settings) {
    return settings.dryRun()
        ? ", but dry-run: calls stay as they are, and nothing is made or stored"
        : "";
  }

  /** Without parameters, which may hold a password. */
  private static String store(Settings settings) {
    return settings.storeUrl().replaceAll("[?;].*", "");
  }

  private static String keyset(Settings settings) {
    Path file = settings.keysetFile();
    return file == null ? "in the variable LATCHKEY_KEYSET" : file.toString();
  }

  private static String line(Provider provider) {
    String keys = provider.pooled() ? "one pool for all" : "one key for each user";
    if (provider.api().canMint()) return provider.name() + ": " + keys + ", makes new ones";
    String unset = provider.api().unsetToMint();
    String variable = unset == null ? provider.provisioningVariable() : unset;
    String way = variable == null ? "" : "; set " + variable + " to make them";
    return provider.name() + ": " + keys + ", makes no new ones" + way;
  }

  private static Map<String, ?> json(Settings settings) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    Path file = settings.file();
    json.put("ok", true);
    json.put("file", file == null ? null : file.toString());
    json.put("enabled", settings.enabled());
    json.put("dry_run", settings.dryRun());
    json.put("store", store(settings));
    json.put("keyset", keyset(settings));
    json.put("default_owner", settings.defaultOwner().id());
    List<Map<String, ?>> providers = new ArrayList<>();
    for (Provider provider : settings.providers()) providers.add(json(provider));
    json.put("providers", providers);
    json.put("warnings", settings.warnings());
    return json;
  }

  private static Map<String, ?> json(Provider provider) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", provider.name());
    json.put("owner", provider.pooled() ? "shared" : "user");
    json.put("makes_keys", provider.api().canMint());
    json.put("provisioning_variable", provider.provisioningVariable());
    json.put("key_variable", provider.environmentVariable());
    return json;
  }
}
