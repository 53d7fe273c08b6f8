package dev.latchkey.agent.contract;

/** What not every client can do; a subject that lacks one says why. */
enum Trait {
  /** Follows redirects by itself. */
  REDIRECTS("redirects"),
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
  /** A call can be cancelled while it waits. */
  CANCEL("cancellation"),
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
