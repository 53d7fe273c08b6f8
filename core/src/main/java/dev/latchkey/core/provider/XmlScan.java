package dev.latchkey.core.provider;

import org.jspecify.annotations.Nullable;

/**
 * Finds an element's text in the beginning of an XML document, by name, whatever its prefix and
 * depth; the first one counts. No XML parser: nothing is resolved, included or expanded, and a
 * document may be cut anywhere.
 */
final class XmlScan {
  private XmlScan() {}

  /** The first such element's text; null if it is not there, or not all of it yet. */
  static @Nullable String text(String xml, String element) {
    for (int open = xml.indexOf('<'); open >= 0; open = xml.indexOf('<', open + 1)) {
      int name = nameEnd(xml, open + 1);
      if (name == xml.length()) return null;
      if (!isNamed(xml, open + 1, name, element)) continue;
      int end = xml.indexOf('>', name);
      if (end < 0) return null;
      return xml.charAt(end - 1) == '/' ? "" : content(xml, end + 1);
    }
    return null;
  }

  private static @Nullable String content(String xml, int from) {
    String cdata = "<![CDATA[";
    if (xml.startsWith(cdata, from)) {
      int end = xml.indexOf("]]>", from);
      return end < 0 ? null : xml.substring(from + cdata.length(), end).trim();
    }
    int end = xml.indexOf('<', from);
    // One character more tells CDATA from the closing tag.
    boolean whole = end >= 0 && end + 1 < xml.length();
    if (!whole || (end == from && cdata.startsWith(xml.substring(from)))) return null;
    return xml.substring(from, end).trim();
  }

  private static int nameEnd(String xml, int from) {
    int at = from;
    while (at < xml.length() && " \t\r\n/>".indexOf(xml.charAt(at)) < 0) at++;
    return at;
  }

  private static boolean isNamed(String xml, int from, int to, String element) {
    int colon = xml.lastIndexOf(':', to - 1);
    int start = colon >= from ? colon + 1 : from;
    return to - start == element.length() && xml.startsWith(element, start);
  }
}
