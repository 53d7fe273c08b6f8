package dev.latchkey.sample.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the sample application as its visitor sees it. Immutable. */
final class Page {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern ENTRY =
      Pattern.compile(
          "<article class=\"card (\\w+)\">\\s*<h3>(.*?)</h3>\\s*<p class=\"text\">(.*?)</p>"
              + ".*?class=\"outcome\">(.*?)</span>",
          Pattern.DOTALL);

  private static final Pattern KEY =
      Pattern.compile("Key: <b class=\"key\">(.*?)</b>(.*?)</p>", Pattern.DOTALL);

  private final int status;
  private final String html;

  Page(int status, String html) {
    this.status = status;
    this.html = html;
  }

  int status() {
    return status;
  }

  String html() {
    return html;
  }

  /** The hidden token of the page's forms; empty where it has none. */
  String token() {
    Matcher token = TOKEN.matcher(html);
    return token.find() ? token.group(1) : "";
  }

  /** What it says of the user's key, such as {@code Key: ***************b465, from key.txt}. */
  String key() {
    Matcher key = KEY.matcher(html);
    return key.find() ? "Key: " + unescape(key.group(1) + key.group(2)) : "";
  }

  /** The mask in it; empty where it shows none. */
  String mask() {
    Matcher key = KEY.matcher(html);
    return key.find() ? key.group(1) : "";
  }

  /** A key as pages and logs show it. */
  static String mask(String key) {
    return "***************" + key.substring(key.length() - 4);
  }

  /** The history's entries, newest first. */
  List<Entry> history() {
    List<Entry> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(html);
    while (entry.find()) {
      entries.add(
          new Entry(
              unescape(entry.group(2)),
              unescape(entry.group(3)),
              entry.group(1).equals("answer"),
              unescape(entry.group(4))));
    }
    return entries;
  }

  /**
   * The newest entry for a question.
   *
   * @throws IOException if there is none
   */
  Entry entry(String question) throws IOException {
    for (Entry entry : history()) {
      if (entry.question().equals(question)) return entry;
    }
    throw new IOException("no entry for the question on the page (" + status + "): " + question);
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
