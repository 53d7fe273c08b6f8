package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.contract.Call.Body;
import dev.latchkey.agent.contract.ClientDriver.Running;
import dev.latchkey.agent.contract.ClientDriver.Streaming;
import dev.latchkey.agent.contract.Origin.By;
import dev.latchkey.agent.contract.ScriptedCalls.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an application may rely on whatever client it uses: the right key on every hop to the
 * provider and on no other, a refused key replaced without its notice, and in all else the client
 * as it was. Every key holds the word {@value #CANARY}, so a leak is easy to see.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(Matrix.class)
abstract class HttpClientContract {
  static final String CANARY = "s3cr3t";

  final Subject subject;
  private Lab lab;
  private RawServer foreign;
  private Settings settings;
  private ClientDriver driver;

  HttpClientContract(Subject subject) {
    this.subject = subject;
  }

  abstract Lab open(Subject subject) throws Exception;

  /** How the contract is run, for the table of what ran. */
  abstract Way way();

  @BeforeEach
  void setUp() throws Exception {
    lab = open(subject);
    foreign = RawServer.http((seen, reply) -> reply.send(200, "foreign"));
    settings = Settings.trusting(Tls.file().toString()).minimal(subject.isMinimal());
    driver = lab.driver(settings);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (subject.lacks(Trait.POOL) == null) {
      Until.isTrue("every connection is given back", () -> driver.leased() == 0);
    }
    driver.close();
    foreign.close();
    List<String> leftovers = lab.leftovers();
    lab.close();
    assertThat(leftovers).isEmpty();
  }

  // Attach

  @ParameterizedTest
  @EnumSource
  void keyIsAttached(By by) throws Exception {
    Origin origin = lab.origin(by);
    Answer answer = driver.send(Call.get(origin.bareUrl("/a%20b?x=1%202&y=%2F")));
    assertThat(answer.status()).isEqualTo(200);
    Seen seen = only(origin);
    assertThat(seen.path()).isEqualTo(origin.local("/a%20b"));
    assertThat(seen.query()).startsWith("x=1%202&y=%2F");
    assertThat(origin.carried(seen)).isEqualTo(origin.live());
    hidesTheKey(answer);
  }

  @ParameterizedTest
  @EnumSource
  void placeholderIsReplaced(By by) throws Exception {
    Origin origin = lab.origin(by);
    Answer answer = driver.send(placeholder(Call.get(origin.url("/ask?x=1")), by));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(only(origin).toString()).doesNotContain("placeholder");
    if (by == By.HEADER) assertThat(only(origin).headers("Authorization")).hasSize(1);
    hidesTheKey(answer);
  }

  @Test
  void restOfTheRequestIsAsWithoutTheAgent() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/same", (seen, reply) -> reply.send(200, "same"));
    Call call =
        Call.post(origin.url("/same?q=%20"), Bytes.random(2048))
            .header("Authorization", "Bearer placeholder")
            .header("X-Other", "1");
    driver.send(call);
    lab.bare(settings, call);
    Seen with = origin.calls().get(0);
    Seen without = origin.calls().get(1);
    String head = with.head().replace("Bearer " + origin.carried(with), "Bearer placeholder");
    assertThat(head.split("\r\n")).containsExactlyInAnyOrder(without.head().split("\r\n"));
    assertThat(with.body()).isEqualTo(without.body());
  }

  @Test
  void httpsIsManagedToo() throws Exception {
    Answer answer = driver.send(Call.get(lab.secure().url("/ask")));
    assertThat(answer.status()).isEqualTo(200);
    hidesTheKey(answer);
  }

  @Test
  void keyIsThatOfTheUserWhoStartsTheCall() throws Exception {
    needs(Trait.ASYNC);
    ScriptedCalls calls = lab.scripted();
    assumeTrue(calls != null, "the packaged front door does not tell whose key it gave");
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/old", redirect(302, origin.local("/ask")));
    LatchkeyBridge.owner("alice");
    try {
      driver.send(Call.get(origin.url("/old")));
      driver.start(Call.get(origin.url("/old"))).join();
    } finally {
      LatchkeyBridge.owner(null);
    }
    driver.send(Call.get(origin.url("/ask")));
    assertThat(calls.owners()).containsExactly("alice", "alice", "alice", "alice", "null");
  }

  @Test
  void keyStaysThatOfTheUserThoughHisRequestEndsMeanwhile() throws Exception {
    needs(Trait.ASYNC);
    ScriptedCalls calls = lab.scripted();
    assumeTrue(calls != null, "the packaged front door does not tell whose key it gave");
    Origin origin = lab.origin(By.HEADER);
    CountDownLatch ended = new CountDownLatch(1);
    origin.onAny(
        "/old",
        (seen, reply) -> {
          ended.await(20, TimeUnit.SECONDS);
          reply.send(302, "", "Location", origin.local("/ask"));
        });
    LatchkeyBridge.owner("alice");
    Running answer = driver.start(Call.get(origin.url("/old")));
    LatchkeyBridge.owner("bob");
    ended.countDown();
    answer.join();
    LatchkeyBridge.owner(null);
    assertThat(calls.owners()).containsExactly("alice", "alice");
  }

  // A disabled owner

  @ParameterizedTest
  @EnumSource
  void disabledOwnersCallIsAnswered403WithoutLeaving(By by) throws Exception {
    Origin origin = lab.origin(by);
    Call get = Call.get(origin.url("/ask"));
    Call oneShot = Call.of("POST", origin.url("/ask")).body(Body.ONE_SHOT, Bytes.random(2 << 20));
    try (ClientDriver disabled = lab.disabled(settings, true)) {
      int connections = origin.server().connections();
      isOurRefusal(disabled.send(get));
      isOurRefusal(disabled.send(placeholder(get, by)));
      isOurRefusal(disabled.send(Call.post(origin.url("/ask"), Bytes.random(2048))));
      isOurRefusal(disabled.send(oneShot));
      isOurRefusal(disabled.start(get).join());
      isOurRefusal(disabled.send(Call.get(lab.secure().url("/ask"))));
      try (Streaming body = disabled.open(get)) {
        assertThat(body.status()).isEqualTo(403);
        assertThat(upTo(body, "}}")).isEqualTo(RefusedCall.BODY);
      }
      assertThat(origin.calls()).isEmpty();
      assertThat(origin.server().connections()).isEqualTo(connections);
      if (subject.lacks(Trait.POOL) == null) assertThat(disabled.leased()).isZero();
    }
  }

  @Test
  void disabledOwnerIsRefusedWhereARedirectLeads() throws Exception {
    needs(Trait.REDIRECTS);
    needs(Trait.LATE_MANAGED);
    needs(Trait.LATE_REFUSED);
    Origin origin = lab.origin(By.HEADER);
    try (RawServer outside = RawServer.http(redirect(302, origin.url("/ask")));
        ClientDriver disabled = lab.disabled(settings, true)) {
      isOurRefusal(disabled.send(Call.get(outside.url("/start"))));
      isOurRefusal(disabled.send(Call.get(outside.url("/start"))));
      assertThat(origin.calls()).isEmpty();
      if (subject.lacks(Trait.POOL) == null) assertThat(disabled.leased()).isZero();
    }
  }

  @Test
  void disabledOwnersCallGoesOutAsTheApplicationMadeIt() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/same", (seen, reply) -> reply.send(200, "same"));
    Call call =
        Call.post(origin.url("/same"), Bytes.random(2048))
            .header("Authorization", "Bearer placeholder");
    try (ClientDriver disabled = lab.disabled(settings, false)) {
      disabled.send(call);
      lab.bare(settings, call);
      assertThat(origin.calls().get(0).head()).isEqualTo(origin.calls().get(1).head());
      assertThat(origin.calls().get(0).body()).isEqualTo(origin.calls().get(1).body());
      isTheRefusal(disabled.send(Call.get(origin.url("/ask"))));
      assertThat(origin.calls()).hasSize(3);
      assertThat(origin.minted()).isZero();
    }
  }

  // Other origins

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "HEAD", "DELETE"})
  void anotherOriginIsUntouchedByteForByte(String method) throws Exception {
    Call call =
        Call.of(method, foreign.url("/x?api_key=placeholder"))
            .header("Authorization", "Bearer placeholder");
    if (method.equals("POST")) call = call.body(Body.BYTES, Bytes.random(2048));
    Answer with = driver.send(call);
    Answer without = lab.bare(settings, call);
    assertThat(foreign.seen().get(0).head()).isEqualTo(foreign.seen().get(1).head());
    assertThat(foreign.seen().get(0).body()).isEqualTo(foreign.seen().get(1).body());
    assertThat(with.body()).isEqualTo(without.body());
    assertThat(with.headers()).isEqualTo(without.headers());
  }

  @ParameterizedTest
  @CsvSource({
    "301,HEADER", "302,HEADER", "303,HEADER", "307,HEADER", "308,HEADER",
    "301,QUERY", "302,QUERY", "303,QUERY", "307,QUERY", "308,QUERY"
  })
  void redirectToAnotherOriginCarriesNoKey(int status, By by) throws Exception {
    Origin origin = lab.origin(by);
    origin.onAny("/away", redirect(status, foreign.url("/landing?z=1")));
    // Without a placeholder first: some clients don't follow where the application has credentials.
    Trait known = status == 308 ? Trait.PERMANENT : Trait.REDIRECTS;
    Answer keyed = driver.send(Call.get(origin.bareUrl("/away")));
    assertThat(origin.carriesLive(only(origin))).isTrue();
    leadsAway(keyed, status, Trait.REDIRECTS, known);
    origin.forget();
    foreign.forget();
    Answer replaced = driver.send(placeholder(Call.get(origin.url("/away")), by));
    assertThat(origin.carriesLive(only(origin))).isTrue();
    leadsAway(replaced, status, Trait.REDIRECTS, known, credentials(by == By.HEADER));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void redirectedHopToAnotherOriginIsAsWithoutTheAgent(boolean credentials) throws Exception {
    needs(Trait.REDIRECTS);
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/away", redirect(302, foreign.url("/landing")));
    Call call = Call.get(origin.url("/away"));
    if (credentials) call = placeholder(call, By.HEADER);
    leadsAway(driver.send(call), 302, credentials(credentials));
    String with = foreign.seen().toString();
    foreign.forget();
    lab.bare(settings, call);
    assertThat(with).isEqualTo(foreign.seen().toString());
  }

  @ParameterizedTest
  @EnumSource
  void redirectInsideTheOriginCarriesTheKey(By by) throws Exception {
    needs(Trait.REDIRECTS);
    Origin origin = lab.origin(by);
    origin.onAny("/old", redirect(302, origin.local("/new?z=1")));
    Answer answer = driver.send(placeholder(Call.get(origin.url("/old")), by));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(origin.calls()).hasSize(2).allMatch(origin::carriesLive);
    hidesTheKey(answer);
  }

  @Test
  void redirectToAnExceptedPathCarriesNoKey() throws Exception {
    needs(Trait.REDIRECTS);
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/old", redirect(302, origin.local("/admin/new")));
    origin.onAny("/admin/new", (seen, reply) -> reply.send(200, "{\"ok\":1}"));
    Answer answer = driver.send(Call.get(origin.url("/old")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(origin.calls()).hasSize(2);
    assertThat(origin.carriesLive(origin.calls().get(0))).isTrue();
    assertThat(origin.calls().get(1).toString()).contains("/admin/new").doesNotContain(CANARY);
    hidesTheKey(answer);
  }

  @Test
  void redirectFromAnotherOriginGetsTheKeyAndIsReplayed() throws Exception {
    needs(Trait.REDIRECTS);
    needs(Trait.LATE_MANAGED);
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    try (RawServer outside = RawServer.http(redirect(302, origin.url("/ask")))) {
      Answer answer = driver.send(Call.get(outside.url("/start")));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(outside.seen().toString()).doesNotContain(CANARY);
      hidesTheKey(answer);
    }
  }

  @Test
  void redirectFromHttpsToHttpCarriesNoKey() throws Exception {
    Origin origin = lab.secure();
    origin.onAny("/down", redirect(302, foreign.url("/plain")));
    Answer answer = driver.send(Call.get(origin.url("/down")));
    assertThat(origin.carriesLive(only(origin))).isTrue();
    leadsAway(answer, 302, Trait.REDIRECTS, Trait.DOWNGRADE);
  }

  @Test
  void locationThatEchoesTheKeyIsHidden() throws Exception {
    Origin origin = lab.origin(By.QUERY);
    origin.onAny(
        "/echo",
        (seen, reply) ->
            reply.send(302, "", "Location", foreign.url("/landing?" + seen.query() + "&z=1")));
    leadsAway(driver.send(Call.get(origin.url("/echo"))), 302, Trait.REDIRECTS);
  }

  // Replay

  @ParameterizedTest
  @CsvSource({
    "0,HEADER",
    "2048,HEADER",
    "1048576,HEADER",
    "0,QUERY",
    "2048,QUERY",
    "1048576,QUERY"
  })
  void refusedCallIsReplayedOnceWithTheSameBody(int size, By by) throws Exception {
    Origin origin = lab.origin(by);
    deadKey(origin);
    byte[] body = Bytes.random(size);
    Answer answer = driver.send(placeholder(Call.post(origin.url("/ask"), body), by));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(origin.calls()).hasSize(2);
    assertThat(origin.calls().get(0).body()).isEqualTo(body);
    assertThat(origin.refused()).isEqualTo(1);
    hidesTheKey(answer);
  }

  @Test
  void redirectInsideTheOriginIsReplayedWhereItWasRefused() throws Exception {
    needs(Trait.REDIRECTS);
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    origin.onAny("/old", redirect(302, origin.local("/new")));
    Answer answer = driver.send(Call.get(origin.url("/old")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(origin.refused()).isEqualTo(1);
  }

  @Test
  void secondRefusalIsHandedBack() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/never", (seen, reply) -> origin.refuse(reply));
    Answer answer = driver.send(Call.post(origin.url("/never"), Bytes.of("x")));
    isTheRefusal(answer);
    assertThat(origin.calls()).hasSize(2);
  }

  @Test
  void bodyThatCannotBeRepeatedIsNotReplayedButTheKeyIsRenewed() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    int minted = origin.minted();
    Call call = Call.of("POST", origin.url("/ask")).body(Body.ONE_SHOT, Bytes.random(2 << 20));
    Answer refused = driver.send(call);
    Until.isTrue("the key is renewed", () -> origin.minted() == minted + 1);
    assertThat(origin.calls()).hasSize(1);
    if (subject.lacks(Trait.REFUSED_STREAM) == null) isTheRefusal(refused);
    else isAsWithoutUs(refused, lab.bare(settings, call));
    Until.isTrue("the next call succeeds", () -> driver.send(call).status() == 200);
  }

  @Test
  void originalRefusalIsHandedBackWhereNoKeyCanBeHad() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    origin.down(true);
    isTheRefusal(driver.send(Call.post(origin.url("/ask"), Bytes.of("x"))));
    assertThat(origin.calls()).hasSize(1);
  }

  @Test
  void thirtyTwoCallsOnADeadKeyAllSucceed() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    int minted = origin.minted();
    List<Running> running = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      running.add(driver.start(Call.post(origin.url("/ask"), Bytes.of("body " + i))));
    }
    for (int i = 0; i < 32; i++) {
      assertThat(running.get(i).join().text()).isEqualTo("body " + i);
    }
    assertThat(origin.minted()).isEqualTo(minted + 1);
  }

  // Bodies

  @ParameterizedTest
  @CsvSource({"json,false", "json,true", "xml,false", "xml,true"})
  void errorToldInsideA200IsRecognised(String type, boolean zipped) throws Exception {
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    byte[] good = Bytes.of((type.equals("json") ? "{\"ok\":" : "<ok>") + text(100_000));
    byte[] bad = Bytes.of(type.equals("json") ? "{\"code\":401}" : "<e>KEY IS NOT REGISTERED</e>");
    origin.onAny(
        "/told",
        (seen, reply) -> {
          byte[] body = origin.carriesLive(seen) ? good : bad;
          if (zipped) pieces(reply, type, Bytes.gzip(body), "Content-Encoding", "gzip");
          else pieces(reply, type, body);
        });
    Answer answer = driver.send(Call.get(origin.url("/told")).header("Accept-Encoding", "gzip"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(unpacked(answer.body())).isEqualTo(good);
    assertThat(origin.calls()).hasSize(2);
  }

  @Test
  void bodyThatDecidesNothingArrivesWhole() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    byte[] body = Bytes.of("[" + text(64_000) + "]");
    origin.onLive("/long", (seen, reply) -> pieces(reply, "json", body));
    assertThat(driver.send(Call.get(origin.url("/long"))).body()).isEqualTo(body);
  }

  @Test
  void eventsArriveOneByOne() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    CountDownLatch second = new CountDownLatch(1);
    origin.onLive(
        "/events",
        (seen, reply) -> {
          reply.chunked(200, "Content-Type", "text/event-stream");
          reply.chunk(Bytes.of(": comment\n\ndata: one\n\n"));
          second.await(20, TimeUnit.SECONDS);
          reply.chunk(Bytes.of("data: two\n\n"));
          reply.end();
        });
    deadKey(origin);
    try (Streaming events = driver.open(Call.post(origin.url("/events"), Bytes.of("{}")))) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(upTo(events, "one")).doesNotContain("two");
      second.countDown();
      assertThat(upTo(events, "two")).contains("data: two");
      while (events.read().length > 0) {}
    }
  }

  @Test
  void slowBodyIsHeldBackNoLongerThanNeeded() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    CountDownLatch rest = new CountDownLatch(1);
    origin.onLive(
        "/slow",
        (seen, reply) -> {
          reply.chunked(200, "Content-Type", "application/json");
          reply.chunk(Bytes.of("{\"o"));
          reply.chunk(Bytes.of("k\":["));
          rest.await(20, TimeUnit.SECONDS);
          reply.chunk(Bytes.of("]}"));
          reply.end();
        });
    try (Streaming body = driver.open(Call.get(origin.url("/slow")))) {
      assertThat(upTo(body, "[")).isEqualTo("{\"ok\":[");
      rest.countDown();
      assertThat(upTo(body, "]}")).isEqualTo("]}");
      while (body.read().length > 0) {}
    }
  }

  @Test
  void bodyThatBreaksOffBreaksOffForTheApplicationToo() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    origin.onLive(
        "/broken",
        (seen, reply) -> {
          reply.head(200, "Content-Type", "application/json", "Content-Length", "100");
          reply.raw(Bytes.of("[1,2"));
          reply.close();
        });
    origin.onAny("/bare", (seen, reply) -> origin.route("/broken").handle(seen, reply));
    Throwable with = catchThrowable(() -> driver.send(Call.get(origin.url("/broken"))));
    Throwable without =
        catchThrowable(() -> lab.bare(settings, Call.get(foreignLike(origin, "/bare"))));
    assertThat(Faults.type(with)).isEqualTo(Faults.type(without));
    assertThat(Faults.told(with)).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({"HEAD,200", "GET,204", "GET,304"})
  void answersWithoutABodyPass(String method, int status) throws Exception {
    Origin origin = lab.origin(By.HEADER);
    origin.onLive(
        "/empty",
        (seen, reply) ->
            reply.send(status, Bytes.of("{\"ok\""), "Content-Type", "application/json"));
    deadKey(origin);
    Answer answer = driver.send(Call.of(method, origin.url("/empty")));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(origin.calls()).hasSize(2);
  }

  @Test
  void bodyIsSentOnlyWhereTheServerAsksForIt() throws Exception {
    needs(Trait.EXPECT);
    Origin origin = lab.origin(By.HEADER);
    origin.server().continueIf(origin::carriesLive);
    deadKey(origin);
    byte[] body = Bytes.random(2048);
    Call call = Call.post(origin.url("/ask"), body).header("Expect", "100-continue");
    Answer answer = driver.send(call);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(origin.calls().get(0).body()).isEmpty();
  }

  // Proxies

  @ParameterizedTest
  @EnumSource
  void keyTravelsThroughAProxy(By by) throws Exception {
    needs(Trait.PROXY);
    Origin origin = lab.origin(by);
    try (RawServer proxy = RawServer.http(origin::handle);
        ClientDriver proxied = lab.driver(settings.proxy(proxy.port()))) {
      deadKey(origin);
      Answer answer = proxied.send(Call.post(origin.url("/ask"), Bytes.of("x")));
      assertThat(answer.status()).isEqualTo(200);
      Seen last = proxy.seen().get(proxy.seen().size() - 1);
      assertThat(last.target()).startsWith(origin.bareUrl("/ask"));
      hidesTheKey(answer);
    }
  }

  @Test
  void refusalOfAProxyIsNotOfTheKey() throws Exception {
    needs(Trait.PROXY);
    Origin origin = lab.origin(By.HEADER);
    driver.send(Call.get(origin.url("/ask")));
    int minted = origin.minted();
    try (RawServer proxy = RawServer.http((seen, reply) -> reply.send(407, "who are you?"));
        ClientDriver proxied = lab.driver(settings.proxy(proxy.port()))) {
      assertThat(proxied.send(Call.get(origin.url("/ask"))).status()).isEqualTo(407);
      assertThat(origin.minted()).isEqualTo(minted);
    }
  }

  // Time

  @Test
  void cancellationEndsTheWaitForAKey() throws Exception {
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    int asked = origin.asked();
    int minted = origin.minted();
    CountDownLatch minting = new CountDownLatch(1);
    origin.hold(minting);
    Running running = driver.start(Call.post(origin.url("/ask"), Bytes.of("x")));
    Until.isTrue("another key is asked for", () -> origin.asked() > asked);
    running.cancel();
    // Less than the 15 seconds after which the wait would end by itself.
    Until.isTrue("the call ends", 10, running::done);
    Throwable fault = catchThrowable(running::join);
    if (subject.lacks(Trait.CANCEL_FAULT) == null) assertThat(fault).isNotNull();
    minting.countDown();
    Until.isTrue("the key is made", () -> origin.minted() == minted + 1);
    Until.isTrue("nothing is under way", () -> lab.leftovers().isEmpty());
    assertThat(origin.calls()).hasSize(1);
  }

  @Test
  void cancellationEndsTheBody() throws Exception {
    needs(Trait.CANCEL);
    Origin origin = lab.origin(By.HEADER);
    CountDownLatch never = new CountDownLatch(1);
    origin.onLive(
        "/endless",
        (seen, reply) -> {
          reply.chunked(200, "Content-Type", "text/event-stream");
          reply.chunk(Bytes.of("data: one\n\n"));
          never.await(20, TimeUnit.SECONDS);
        });
    Running running = driver.start(Call.get(origin.url("/endless")));
    Until.isTrue("the call is there", () -> origin.calls().size() == 1);
    running.cancel();
    Until.isTrue("the call ends", running::done);
    assertThat(catchThrowable(running::join)).isNotNull();
    never.countDown();
  }

  @Test
  void callsThatWaitForAKeyHoldUpNoOthers() throws Exception {
    needs(Trait.ASYNC);
    Origin origin = lab.origin(By.HEADER);
    deadKey(origin);
    CountDownLatch minting = new CountDownLatch(1);
    origin.hold(minting);
    List<Running> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) waiting.add(driver.start(Call.get(origin.url("/ask"))));
    Until.isTrue("all are refused", () -> origin.refused() == 4);
    Running other = driver.start(Call.get("http://127.0.0.1:" + foreign.port() + "/"));
    assertThat(other.join().status()).isEqualTo(200);
    assertThat(waiting).noneMatch(Running::done);
    minting.countDown();
    for (Running each : waiting) assertThat(each.join().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void timeoutPassesUnchanged(By by) throws Exception {
    Origin origin = lab.origin(by);
    CountDownLatch never = new CountDownLatch(1);
    origin.onAny("/hang", (seen, reply) -> never.await(20, TimeUnit.SECONDS));
    Call call = placeholder(Call.get(origin.url("/hang")), by).readTimeout(300);
    isTheSameFault(call);
    never.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void lostConnectionPassesUnchanged(By by) throws Exception {
    Origin origin = lab.origin(by);
    origin.onAny("/gone", (seen, reply) -> reply.close());
    Call call = placeholder(Call.post(origin.url("/gone"), Bytes.of("x")), by);
    Throwable with = isTheSameFault(call);
    assertThat(catchThrowable(() -> lab.bare(settings, call))).hasMessage(with.getMessage());
  }

  // Faults of ours

  @ParameterizedTest
  @EnumSource
  void faultOfOursLeavesTheCallWorking(Point point) throws Exception {
    ScriptedCalls calls = lab.scripted();
    assumeTrue(calls != null, "the packaged front door cannot be told to fail");
    Origin origin = lab.origin(By.HEADER);
    origin.onAny("/moved", redirect(302, origin.local("/ask")));
    driver.send(Call.get(origin.url("/ask")));
    Throwable[] faults = {
      new IllegalStateException("ours"), new NoSuchMethodError("ours"), new StackOverflowError()
    };
    for (Throwable fault : faults) {
      calls.failAt(point, fault);
      for (By by : By.values()) {
        deadKey(lab.origin(by));
        Call call = Call.post(lab.origin(by).url("/ask"), Bytes.of("x"));
        assertThat(driver.send(call).status()).isIn(200, 401);
      }
      driver.send(Call.get(origin.url("/moved")));
    }
    calls.forget();
  }

  @Test
  void linkageErrorOfTheApplicationIsNotTakenForOurs() throws Exception {
    needs(Trait.BODY_SOURCE);
    Origin origin = lab.origin(By.HEADER);
    Call broken = Call.of("POST", origin.url("/ask")).body(Body.BROKEN, new byte[0]);
    // Some clients are unusable once they met an Error, so this one is used for nothing else.
    try (ClientDriver own = lab.driver(settings)) {
      Throwable with = catchThrowable(() -> own.send(broken));
      Throwable without = catchThrowable(() -> lab.bare(settings, broken));
      assertThat(Faults.told(with)).isEqualTo(Faults.told(without)).contains("Missing, asked 1");
    }
    deadKey(origin);
    assertThat(driver.send(Call.get(origin.url("/ask"))).status()).isEqualTo(200);
  }

  // What the tests are written with

  private static void isAsWithoutUs(Answer answer, Answer bare) {
    assertThat(answer.status()).isEqualTo(401).isEqualTo(bare.status());
    assertThat(answer.text()).isEqualTo(bare.text());
    assertThat(answer.header("X-Request-Id")).isEqualTo(bare.header("X-Request-Id"));
  }

  private void needs(Trait trait) {
    String reason = subject.lacks(trait);
    assumeTrue(reason == null, () -> subject + " has no " + trait.text() + ": " + reason);
  }

  /** The agent holds a key that the provider does not know any more. */
  private void deadKey(Origin origin) throws Exception {
    driver.send(Call.get(origin.url("/warm-up")));
    origin.expire();
    origin.forget();
  }

  private static Call placeholder(Call call, By by) {
    return by == By.HEADER ? call.header("Authorization", "Bearer placeholder") : call;
  }

  private static Seen only(Origin origin) {
    assertThat(origin.calls()).hasSize(1);
    return origin.calls().get(0);
  }

  private static RawServer.Handler redirect(int status, String location) {
    return (seen, reply) -> reply.send(status, "", "Location", location);
  }

  private static void isTheRefusal(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEqualTo(Origin.REFUSAL);
    assertThat(answer.header("X-Request-Id")).isEqualTo("r-401");
  }

  private static void isOurRefusal(Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).isEqualTo(RefusedCall.BODY);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.header("Content-Length")).isEqualTo("" + RefusedCall.BODY.length());
  }

  /** The redirect is followed, without the key, by a client that has what it needs to do so. */
  private void leadsAway(Answer answer, int redirect, Trait... needed) {
    boolean follows = Stream.of(needed).allMatch(trait -> subject.lacks(trait) == null);
    assertThat(foreign.seen()).hasSize(follows ? 1 : 0);
    assertThat(foreign.seen().toString()).doesNotContain(CANARY);
    assertThat(answer.status()).isEqualTo(follows ? 200 : redirect);
    hidesTheKey(answer);
  }

  /** What it takes to follow to another origin. */
  private static Trait credentials(boolean sent) {
    return sent ? Trait.CREDENTIALS_AWAY : Trait.REDIRECTS;
  }

  private static void hidesTheKey(Answer answer) {
    assertThat(answer.sights()).noneMatch(sight -> sight.contains(CANARY));
    assertThat(answer.headers().toString()).doesNotContain(CANARY);
  }

  private Throwable isTheSameFault(Call call) {
    Throwable with = catchThrowable(() -> driver.send(call));
    Throwable without = catchThrowable(() -> lab.bare(settings, call));
    assertThat(with).isNotNull();
    assertThat(Faults.type(with)).isEqualTo(Faults.type(without));
    assertThat(Faults.told(with)).doesNotContain(CANARY);
    return with;
  }

  /** The same server under a name that is not managed. */
  private static String foreignLike(Origin origin, String path) {
    return "http://127.0.0.1:" + origin.port() + origin.local(path);
  }

  private static void pieces(Reply reply, String type, byte[] body, String... headers)
      throws IOException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/" + type;
    reply.chunked(200, all);
    for (int at = 0; at < body.length; at += 1000) {
      reply.chunk(java.util.Arrays.copyOfRange(body, at, Math.min(at + 1000, body.length)));
    }
    reply.end();
  }

  private static String text(int length) {
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) text.append("0123456789");
    return text.toString();
  }

  private static byte[] unpacked(byte[] body) throws IOException {
    boolean packed = body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (!packed) return body;
    return Bytes.all(new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(body)));
  }

  private static String upTo(Streaming body, String mark) throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(mark) < 0) {
      byte[] more = body.read();
      if (more.length == 0) break;
      text.append(Bytes.text(more));
    }
    return text.toString();
  }
}
