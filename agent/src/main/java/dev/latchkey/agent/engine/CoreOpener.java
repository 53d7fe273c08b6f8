package dev.latchkey.agent.engine;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.AnswerHead;
import java.io.File;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** SPINE ONLY until core's assembly is there. */
final class CoreOpener implements Engine.Opener {
  static CoreOpener create(@Nullable String arguments, File jar) {
    return new CoreOpener();
  }

  @Override
  public Engine.@Nullable Opened open() {
    LoggerFactory.getLogger("latchkey").info("spine loaded");
    return client ->
        new OutboundCalls() {
          @Override
          public boolean manages(String scheme, String host, int port, String path) {
            return port == Integer.getInteger("spine.port", -2);
          }

          @Override
          public KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
            return new Spine();
          }
        };
  }

  @Override
  public void failed(Throwable fault) {
    LoggerFactory.getLogger("latchkey").warn("off: {}", fault.toString());
  }

  private static final class Spine implements KeyedCall {
    @Override
    public List<Map.Entry<String, String>> headers() {
      return Collections.singletonList(
          new AbstractMap.SimpleEntry<>("Authorization", "Bearer spine"));
    }

    @Override
    public @Nullable String query(@Nullable String rawQuery) {
      return rawQuery;
    }

    @Override
    public String hide(String text) {
      return text;
    }

    @Override
    public boolean wantsBody(AnswerHead head) {
      return false;
    }

    @Override
    public boolean decided(AnswerHead head, byte[] prefix, int length) {
      return true;
    }

    @Override
    public boolean answered(AnswerHead head, byte[] prefix) {
      return false;
    }

    @Override
    public void failed(Throwable fault) {}

    @Override
    public @Nullable KeyedCall replay(boolean repeatable) {
      return null;
    }

    @Override
    public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isReplay() {
      return false;
    }
  }
}
