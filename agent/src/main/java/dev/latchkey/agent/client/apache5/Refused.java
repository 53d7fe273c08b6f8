package dev.latchkey.agent.client.apache5;

import dev.latchkey.core.call.Refusal;
import java.lang.reflect.Method;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** Answers that came from nowhere: there is no connection to give back. */
final class Refused {
  /** Since 5.4 a context has fields besides its attributes. */
  private static final @Nullable Method SET_REQUEST = setter("setRequest", HttpRequest.class);

  private static final @Nullable Method SET_RESPONSE = setter("setResponse", HttpResponse.class);

  private Refused() {}

  /**
   * The answer.
   *
   * @param context is told of request and answer, as the links that send do
   */
  static ClassicHttpResponse response(
      Refusal refusal, ClassicHttpRequest request, @Nullable HttpContext context) {
    BasicClassicHttpResponse response =
        new BasicClassicHttpResponse(refusal.status(), refusal.reason());
    ContentType type = ContentType.parse(refusal.contentType());
    ByteArrayEntity entity = new ByteArrayEntity(refusal.body(), type);
    response.setEntity(entity);
    response.setHeader("Content-Type", refusal.contentType());
    response.setHeader("Content-Length", Long.toString(entity.getContentLength()));
    if (context != null) tell(context, request, response);
    return response;
  }

  private static void tell(
      HttpContext context, ClassicHttpRequest request, ClassicHttpResponse response) {
    context.setAttribute(HttpCoreContext.HTTP_REQUEST, request);
    context.setAttribute(HttpCoreContext.HTTP_RESPONSE, response);
    if (!(context instanceof HttpCoreContext)) return;
    try {
      if (SET_REQUEST != null) SET_REQUEST.invoke(context, request);
      if (SET_RESPONSE != null) SET_RESPONSE.invoke(context, response);
    } catch (Throwable ours) {
      // The application sees less of its own request, no more.
    }
  }

  /** By reflection: a method handle's inexact call fails on Java 8 in a second application. */
  private static @Nullable Method setter(String name, Class<?> type) {
    try {
      return HttpCoreContext.class.getMethod(name, type);
    } catch (NoSuchMethodException olderVersion) {
      return null;
    }
  }

  /** What the minimal client returns; only from 5.4 on may others make one. */
  static CloseableHttpResponse closeable(
      Refusal refusal, ClassicHttpRequest request, @Nullable HttpContext context)
      throws ReflectiveOperationException {
    Method adapt =
        CloseableHttpResponse.class.getDeclaredMethod("adapt", ClassicHttpResponse.class);
    adapt.setAccessible(true);
    return (CloseableHttpResponse) adapt.invoke(null, response(refusal, request, context));
  }
}
