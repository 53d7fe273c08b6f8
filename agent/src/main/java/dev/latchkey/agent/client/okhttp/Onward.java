package dev.latchkey.agent.client.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** How a call goes on below {@link ReplayInterceptor}, which may send it on twice. */
interface Onward {
  /** The chain as the call entered it. */
  Interceptor.Chain chain();

  /** Sends the request on, {@code chain().request()} or the last hop of where that led. */
  Response proceed(Request request) throws IOException;
}
