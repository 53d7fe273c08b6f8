package dev.latchkey.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The tree, its lines, and what is refused. */
final class YamlFileTest {
  private final Faults faults = Faults.create();
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void knowsTheLineOfEverything() {
    YamlNode root = parse("# top\na:\n  b: [1,\n     two]\nc: |\n  text\n  more\nd:\n");
    assertThat(root.member("a").member("b").where()).hasToString("f.yaml:3");
    assertThat(root.member("a").member("b").items().get(1).where()).hasToString("f.yaml:4");
    assertThat(root.member("c").text()).isEqualTo("text\nmore\n");
    assertThat(root.member("d").isNothing()).isTrue();
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void textIsNeverInterpreted() {
    YamlNode root = parse("a: no\nb: 08\nc: 1_000\nd: 'null'\ne: ~\nf: 2020-01-01");
    assertThat(root.member("a").text()).isEqualTo("no");
    assertThat(root.member("b").text()).isEqualTo("08");
    assertThat(root.member("c").text()).isEqualTo("1_000");
    assertThat(root.member("d").text()).isEqualTo("null");
    assertThat(root.member("e").isNothing()).isTrue();
    assertThat(root.member("f").text()).isEqualTo("2020-01-01");
  }

  @Test
  void referencesAreExpandedOnce() {
    variables.put("A", "one");
    variables.put("B", "${A}");
    variables.put("EMPTY", "");
    YamlNode root =
        parse(
            "a: x${A}y${A}\nb: ${B}\nc: ${NO:-d:-e}\nd: ${EMPTY:-f}\ne: ${EMPTY}\nf: $${A} $A {A}\n"
                + "g: ${NO:-}");
    assertThat(root.member("a").text()).isEqualTo("xoneyone");
    assertThat(root.member("a").shown()).isEqualTo("x${A}y${A}");
    assertThat(root.member("b").text()).isEqualTo("${A}");
    assertThat(root.member("c").text()).isEqualTo("d:-e");
    assertThat(root.member("d").text()).isEqualTo("f");
    assertThat(root.member("e").isNothing()).isTrue();
    assertThat(root.member("f").text()).isEqualTo("${A} $A {A}");
    assertThat(root.member("g").isNothing()).isTrue();
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void badReferencesAreTold() {
    parse("a: ${NO}\nb: ${NO ${A}\nc: ${\nd: ${}");
    assertThat(faults.lines())
        .hasSize(4)
        .anyMatch(l -> l.startsWith("f.yaml:1 the environment variable NO is not set"))
        .anyMatch(l -> l.startsWith("f.yaml:2 not the name of a variable"))
        .anyMatch(l -> l.startsWith("f.yaml:3 a reference starts with ${ and never ends"));
  }

  @Test
  void aSyntaxErrorKeepsWhatCameBefore() {
    YamlNode root = parse("a: {b: 1}\nc: [1, 2\nd: 3");
    assertThat(root.member("a").member("b").text()).isEqualTo("1");
    assertThat(faults.isBroken()).isTrue();
    assertThat(faults.lines())
        .hasSize(1)
        .allMatch(l -> l.startsWith("f.yaml:3 bad YAML at column"));
  }

  @Test
  void aSyntaxErrorShowsNoneOfTheFilesText() {
    parse("key: sk-or-v1-0123456789 : \"unclosed");
    assertThat(faults.lines()).hasSize(1).noneMatch(l -> l.contains("sk-or"));
  }

  @Test
  void tabsAreTold() {
    parse("a:\n\tb: 1");
    assertThat(faults.lines())
        .hasSize(1)
        .allMatch(l -> l.startsWith("f.yaml:2") && l.contains("TAB"));
  }

  @Test
  void oneLayerOverAnother() {
    YamlNode base = parse("a: {b: 1, c: [1]}\nd: x");
    YamlNode top = parse("a: {c: [2, 3], e: 2}\nd:\nf:");
    YamlNode both = top.over(base);
    assertThat(both.member("a").member("b").text()).isEqualTo("1");
    assertThat(both.member("a").member("c").items()).hasSize(2);
    assertThat(both.member("a").member("e").text()).isEqualTo("2");
    assertThat(both.member("d").isNothing()).isTrue();
    YamlNode bare = YamlNode.nothing(Where.place("p"));
    assertThat(bare.over(base)).isSameAs(base);
  }

  @Test
  void spans() {
    assertThat(Durations.parse("6m0s")).isEqualTo(Duration.ofMinutes(6));
    assertThat(Durations.parse("12ms")).isEqualTo(Duration.ofMillis(12));
    assertThat(Durations.parse("1.5h")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Durations.parse("30d")).isEqualTo(Duration.ofDays(30));
    assertThat(Durations.parse("0s")).isEqualTo(Duration.ZERO);
    assertThat(Durations.parse("1ms1us")).isEqualTo(Duration.ofMillis(2));
    for (String bad :
        new String[] {"", "5", "s", "-1s", "1 s", "1x", "1..2s", "99999999d", "1e9s"}) {
      assertThat(Durations.parse(bad)).as(bad).isNull();
    }
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("90m");
  }

  @Test
  void whatMayBeShown() {
    assertThat(Shown.of("bad key sk-or-v1-0123456789abcdef given\n!"))
        .isEqualTo("bad key **** given !");
    assertThat(Shown.of("you-exceeded-your-current-quota"))
        .isEqualTo("you-exceeded-your-current-quota");
    assertThat(Shown.of(String.join("", Collections.nCopies(999, "word ")))).hasSize(203);
  }

  @Test
  void faultsAreBounded() {
    for (int i = 0; i < 1000; i++) faults.add(Where.line("f", i), "s", "m");
    assertThat(faults.lines()).hasSize(Faults.MOST + 1).last().isEqualTo("and 900 more");
  }

  @Property
  void nothingThrows(@ForAll("documents") String text) {
    YamlFile.parse("f.yaml", text.getBytes(StandardCharsets.UTF_8), name -> null, Faults.create());
  }

  @Property
  void noBytesThrow(@ForAll byte[] bytes) {
    YamlFile.parse("f.yaml", bytes, name -> null, Faults.create());
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.of(
            "a",
            ":",
            " ",
            "\n",
            "  ",
            "\t",
            "-",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "'",
            "|",
            ">",
            "#",
            "&x ",
            "*x",
            "!!t ",
            "%YAML 1.2",
            "---",
            "...",
            "?",
            "${",
            "}",
            "\\",
            "é",
            "~",
            "\r",
            "\u0000",
            "\uFEFF",
            "<<")
        .list()
        .ofMaxSize(60)
        .map(list -> String.join("", list));
  }

  private YamlNode parse(String text) {
    return YamlFile.parse("f.yaml", text.getBytes(StandardCharsets.UTF_8), variables::get, faults);
  }
}
