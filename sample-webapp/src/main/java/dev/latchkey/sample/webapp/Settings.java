package dev.latchkey.sample.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import javax.servlet.ServletContext;

/**
 * Where questions go: {@code WEB-INF/app.properties}, a context parameter of the same name, or a
 * system property of the same name; the last one wins. Immutable.
 */
final class Settings {
  private static final String FILE = "/WEB-INF/app.properties";

  private final String baseUrl;
  private final String apiKey;
  private final String model;

  private Settings(String baseUrl, String apiKey, String model) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.model = model;
  }

  static Settings load(ServletContext context) throws IOException {
    Properties file = new Properties();
    try (InputStream in = context.getResourceAsStream(FILE)) {
      if (in == null) throw new IOException("file missing from the application: " + FILE);
      file.load(in);
    }
    return new Settings(
        setting("assistant.base-url", context, file),
        setting("assistant.api-key", context, file),
        setting("assistant.model", context, file));
  }

  private static String setting(String name, ServletContext context, Properties file) {
    String fromContext = context.getInitParameter(name);
    String fallback = fromContext == null ? file.getProperty(name, "") : fromContext;
    String value = System.getProperty(name, fallback).trim();
    if (value.isEmpty()) throw new IllegalStateException("setting missing: " + name);
    return value;
  }

  /** The OpenAI-compatible API's root, without a slash at the end. */
  String baseUrl() {
    return baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
  }

  String apiKey() {
    return apiKey;
  }

  String model() {
    return model;
  }
}
