package dev.latchkey.agent.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A request as the application under test makes it. Immutable; travels to a forked JVM. */
public final class Call implements Serializable {
  /** How the body is handed to the client. */
  public enum Body {
    /** None at all. */
    NONE,
    /** Bytes that can be sent again. */
    BYTES,
    /** A stream that can be read once. */
    ONE_SHOT,
    /** One whose class does not link: a {@link LinkageError} each time somebody reads it. */
    BROKEN
  }

  private static final long serialVersionUID = 1;

  private final String method;
  private final String url;
  private final ArrayList<String[]> headers;
  private final Body kind;
  private final byte[] content;
  private final int readTimeoutMillis;

  private Call(
      String method,
      String url,
      List<String[]> headers,
      Body kind,
      byte[] content,
      int readTimeoutMillis) {
    this.method = method;
    this.url = url;
    this.headers = new ArrayList<>(headers);
    this.kind = kind;
    this.content = content;
    this.readTimeoutMillis = readTimeoutMillis;
  }

  /** A request without a body. */
  public static Call of(String method, String url) {
    return new Call(method, url, Collections.emptyList(), Body.NONE, new byte[0], 20_000);
  }

  /** A GET. */
  public static Call get(String url) {
    return of("GET", url);
  }

  /** A POST of bytes that can be sent again. */
  public static Call post(String url, byte[] content) {
    return of("POST", url).body(Body.BYTES, content);
  }

  /** The same with one header more. */
  public Call header(String name, String value) {
    List<String[]> more = new ArrayList<>(headers);
    more.add(new String[] {name, value});
    return new Call(method, url, more, kind, content, readTimeoutMillis);
  }

  /** The same with this body. */
  public Call body(Body newKind, byte[] newContent) {
    return new Call(method, url, headers, newKind, newContent, readTimeoutMillis);
  }

  /** The same with another bound on waiting for the answer. */
  public Call readTimeout(int millis) {
    return new Call(method, url, headers, kind, content, millis);
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** The whole URL. */
  public String url() {
    return url;
  }

  /** Name and value of each header, in order. */
  public List<String[]> headers() {
    return headers;
  }

  /** How the body is handed over. */
  public Body kind() {
    return kind;
  }

  /** The body; empty for none. */
  public byte[] content() {
    return content;
  }

  /** The bound on waiting for the answer. */
  public int readTimeoutMillis() {
    return readTimeoutMillis;
  }
}
