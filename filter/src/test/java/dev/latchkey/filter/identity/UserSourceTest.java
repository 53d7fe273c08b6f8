package dev.latchkey.filter.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.config.AddressRange;
import dev.latchkey.filter.fake.FakeServlets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class UserSourceTest {
  private static final TrustedProxies LOCAL =
      TrustedProxies.of(
          Collections.singletonList(Objects.requireNonNull(AddressRange.parse("127.0.0.0/8"))));

  /** As applications keep them in their sessions. */
  public static final class Account {
    /** The id. */
    public long getId() {
      return 42;
    }

    /** The name, as a record has it. */
    public String name() {
      return "alice";
    }

    /** The name, out of reach. */
    public String getSecret() {
      throw new IllegalStateException("not logged in");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "principle", "session", "session:", "header: ", "cookie:a", ":a"})
  void misspeltSourceIsNone(String text) {
    assertThat(UserSource.parse(text, LOCAL)).isNull();
  }

  @Test
  void principal() {
    Principal principal = () -> "alice";
    HttpServletRequest request =
        request().answer("getUserPrincipal", principal).as(HttpServletRequest.class);
    assertThat(source("principal").of(request)).isEqualTo("alice");
    assertThat(source("principal").of(request().as(HttpServletRequest.class))).isNull();
  }

  @Test
  void sessionAttributeIsTakenWhereItIsAnId() {
    assertThat(ofSession("user", "user", " alice ")).isEqualTo("alice");
    assertThat(ofSession("user", "user", 42)).isEqualTo("42");
    UUID id = UUID.randomUUID();
    assertThat(ofSession("user", "user", id)).isEqualTo(id.toString());
    assertThat(ofSession("user", "user", (Principal) () -> "alice")).isEqualTo("alice");
    assertThat(ofSession("user", "user", "  ")).isNull();
  }

  @Test
  void propertyOfASessionAttributeIsTaken() {
    assertThat(ofSession("user.id", "user", new Account())).isEqualTo("42");
    assertThat(ofSession("user.name", "user", new Account())).isEqualTo("alice");
    assertThat(ofSession("user.id", "user.id", "dotted")).isEqualTo("dotted");
  }

  @Test
  void objectWithoutAnIdIsNobody() {
    assertThat(ofSession("user", "user", new Account())).isNull();
    assertThat(ofSession("user.mail", "user", new Account())).isNull();
    assertThat(ofSession("user.secret", "user", new Account())).isNull();
  }

  @Test
  void withoutASessionThereIsNobodyAndNoneIsMade() {
    assertThat(source("session:user").of(request().as(HttpServletRequest.class))).isNull();
  }

  @Test
  void headerIsBelievedOnlyOfTrustedProxies() {
    FakeServlets request = request().answer("getHeader", "X-User", "alice");
    request.answer("getRemoteAddr", "127.0.0.1");
    assertThat(source("header:X-User").of(request.as(HttpServletRequest.class))).isEqualTo("alice");
    request.answer("getRemoteAddr", "203.0.113.9");
    assertThat(source("header:X-User").of(request.as(HttpServletRequest.class))).isNull();
    request.answer("getRemoteAddr", null);
    assertThat(source("header:X-User").of(request.as(HttpServletRequest.class))).isNull();
  }

  @Test
  void parameterIsReadAfterALoginOnly() {
    HttpServletRequest request =
        request().answer("getParameter", "name", "alice").as(HttpServletRequest.class);
    assertThat(source("param:name").of(request)).isNull();
    assertThat(source("param:name").ofLogin(request)).isEqualTo("alice");
  }

  private static @Nullable String ofSession(String source, String attribute, Object value) {
    HttpSession session = FakeServlets.create().as(HttpSession.class);
    session.setAttribute(attribute, value);
    FakeServlets request = request().answer("getSession", session);
    return source("session:" + source).of(request.as(HttpServletRequest.class));
  }

  private static FakeServlets request() {
    return FakeServlets.create();
  }

  private static UserSource source(String text) {
    return Objects.requireNonNull(UserSource.parse(text, LOCAL));
  }
}
