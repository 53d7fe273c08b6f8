package dev.latchkey.agent.contract;

/** What not every client can do; a subject that lacks one says why. */
enum Trait {
  /** Follows redirects by itself. */
  REDIRECTS("redirects"),
  /** Follows a 308 like a 307. */
  PERMANENT("308 redirects"),
  /** Follows a redirect to another origin although the application sent credentials. */
  CREDENTIALS_AWAY("redirects elsewhere with credentials"),
  /** Follows a redirect from https to http. */
  DOWNGRADE("redirects from https to http"),
  /** A call that begins elsewhere and is led to a managed place is managed from there on. */
  LATE_MANAGED("redirects from elsewhere"),
  /** Where a redirect leads a disabled owner is refused as well. */
  LATE_REFUSED("refusals after redirects"),
  /** Asks the application for the body when it is sent. */
  BODY_SOURCE("bodies that are asked for"),
  /** A 401 to a body that cannot be repeated is an answer like any other. */
  REFUSED_STREAM("answers to refused streams"),
  /** Tells how many connections are lent out. */
  POOL("pool counts"),
  /** A call can be cancelled while it waits for the server. */
  CANCEL("cancellation"),
  /** A cancelled call ends with an exception. */
  CANCEL_FAULT("exceptions for what is cancelled"),
  /** Sends {@code Expect: 100-continue}. */
  EXPECT("100-continue"),
  /** Has an asynchronous API of its own. */
  ASYNC("async API"),
  /** Goes through proxies. */
  PROXY("proxies");

  private final String text;

  Trait(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
