package dev.latchkey.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.provider.ProviderSettings;
import dev.latchkey.core.yaml.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manual is whole, and what it promises is so. */
final class SettingsManualTest {
  private final List<Setting<?>> all = new ArrayList<>();

  SettingsManualTest() {
    all.addAll(GlobalSettings.all());
    all.addAll(ProviderSettings.all());
  }

  @Test
  void aRowForEachSetting() {
    String manual = SettingsManual.markdown();
    String[] rows = manual.split("\n");
    assertThat(rows).hasSize(2 + all.size() + 1);
    assertThat(rows).allMatch(row -> row.startsWith("|") && row.endsWith("|"));
    assertThat(manual)
        .contains("| `store.url` | ", "| `providers.NAME.attach.when` | ", " | `3` |")
        .contains("| `instrumentation.CLIENT.enabled` | ");
  }

  @Test
  void everyDefaultIsAllowed() {
    for (Setting<?> setting : all) {
      if (setting.standard() != null) {
        assertThat((Object) setting.standardValue()).as(setting.name()).isNotNull();
      }
    }
  }

  @Test
  void noNameIsThereTwice() {
    assertThat(new HashSet<>(GlobalSettings.all())).hasSameSizeAs(GlobalSettings.all());
    assertThat(all).extracting(Setting::name).doesNotHaveDuplicates();
  }
}
