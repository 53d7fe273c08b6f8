package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String HTML =
      "<input type=\"hidden\" name=\"csrf\" value=\"t-1_2\">"
          + article("error", "two &amp;&lt;", "User not found.", "The provider refused (401)")
          + article("answer", "one", "yes", "Answered (200)");

  private static String article(String kind, String question, String text, String outcome) {
    return "<article class=\"card "
        + kind
        + "\">\n  <h3>"
        + question
        + "</h3>\n <p class=\"text\">"
        + text
        + "</p>\n<p class=\"hint\"><span class=\"outcome\">"
        + outcome
        + "</span> through <span class=\"label\">OkHttp</span></p></article>";
  }

  private final Page page = new Page(200, HTML);

  @Test
  void readsTheHistoryNewestFirst() {
    assertThat(page.history()).extracting(Entry::question).containsExactly("two &<", "one");
    assertThat(page.history()).extracting(Entry::answered).containsExactly(false, true);
  }

  @Test
  void findsAnEntryByItsQuestion() throws IOException {
    assertThat(page.entry("two &<")).hasToString("The provider refused (401): User not found.");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> page.entry("three"))
        .withMessageContaining("three");
  }

  @Test
  void readsTheFormsToken() {
    assertThat(page.token()).isEqualTo("t-1_2");
    assertThat(new Page(200, "").token()).isEmpty();
  }

  @Test
  void readsTheKeysStatus() {
    Page shown =
        new Page(
            200,
            "<p class=\"hint\" title=\"\">Key: <b class=\"key\">***b465</b>, from key.txt</p>");

    assertThat(shown.key()).isEqualTo("Key: ***b465, from key.txt");
    assertThat(shown.mask()).isEqualTo("***b465");
    assertThat(page.key()).isEmpty();
    assertThat(page.mask()).isEmpty();
  }
}
