package dev.latchkey.agent.client.jdk;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.agent.hop.Hidden;
import dev.latchkey.core.call.KeyedCall;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sends a call by the client's own methods, and once more where its key was replaced. */
final class Sender<T> {
  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final @Nullable PushPromiseHandler<T> push;
  private final ThreadLocal<@Nullable JdkCall> beginning;

  Sender(
      HttpClient client,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> push,
      ThreadLocal<@Nullable JdkCall> beginning) {
    this.client = client;
    this.handler = handler;
    this.push = push;
    this.beginning = beginning;
  }

  HttpResponse<T> send(JdkCall call) throws Exception {
    HttpResponse<T> response = once(call);
    KeyedCall next = call.next();
    if (next == null) return response;
    return RealFault.marked(() -> once(call.again(next, response.request())));
  }

  private HttpResponse<T> once(JdkCall call) throws Exception {
    beginning.set(call);
    try {
      BodyHandler<T> keyed = new KeyHandler<>(handler, call);
      return RealFault.marked(() -> client.send(call.request(), keyed));
    } catch (Exception fault) {
      call.failed(fault);
      throw hidden(fault, call);
    } catch (RealFault real) {
      call.failed(real.fault());
      throw real;
    } finally {
      beginning.set(null);
    }
  }

  CompletableFuture<HttpResponse<T>> sendAsync(JdkCall call) {
    Relay.Running running = new Relay.Running();
    Relay<HttpResponse<T>> result = new Relay<>(running);
    relay(call, running, result, (response, key) -> again(call, response, key, running, result));
    return result;
  }

  private void again(
      JdkCall call,
      HttpResponse<T> response,
      KeyedCall key,
      Relay.Running running,
      Relay<HttpResponse<T>> result) {
    try {
      // A repetition is not repeated, so it never comes back with a key.
      relay(call.again(key, response.request()), running, result, (second, none) -> {});
    } catch (RuntimeException | Error fault) {
      Throwable told = fault instanceof RealFault ? ((RealFault) fault).fault() : fault;
      result.completeExceptionally(unwrapped(told, call));
    }
  }

  private void relay(
      JdkCall call,
      Relay.Running running,
      Relay<HttpResponse<T>> result,
      BiConsumer<HttpResponse<T>, KeyedCall> again) {
    CompletableFuture<HttpResponse<T>> sent = begun(call);
    running.is(sent);
    sent.whenComplete(
        (response, fault) -> {
          KeyedCall next = call.next();
          if (fault != null || result.isDone()) {
            Throwable reason = fault == null ? new IllegalStateException("cancelled") : fault;
            call.failed(reason);
            result.completeExceptionally(unwrapped(reason, call));
          } else if (next == null) {
            result.complete(response);
          } else {
            again.accept(response, next);
          }
        });
  }

  private CompletableFuture<HttpResponse<T>> begun(JdkCall call) {
    KeyHandler<T> keyed = new KeyHandler<>(handler, call);
    beginning.set(call);
    try {
      return client.sendAsync(call.request(), keyed, push);
    } catch (RuntimeException fault) {
      call.failed(fault);
      throw fault;
    } catch (LinkageError fault) {
      call.failed(fault);
      throw RealFault.of(fault);
    } finally {
      beginning.set(null);
    }
  }

  private static Throwable unwrapped(Throwable fault, JdkCall call) {
    Throwable cause = fault.getCause();
    Throwable inner = fault instanceof CompletionException && cause != null ? cause : fault;
    return inner instanceof Exception ? hidden((Exception) inner, call) : inner;
  }

  private static Exception hidden(Exception fault, JdkCall call) {
    KeyedCall key = call.lastHop().key();
    return key == null ? fault : Hidden.in(fault, key);
  }
}
