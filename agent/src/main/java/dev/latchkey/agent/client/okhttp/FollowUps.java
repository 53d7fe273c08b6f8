package dev.latchkey.agent.client.okhttp;

import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A call that stands before the interceptor that follows redirects. That one is run where it is:
 * OkHttp copies its chain for each interceptor, so two links fewer are a quarter of what a managed
 * call costs more. Only a replay of another place than the call's own puts it in once more.
 */
final class FollowUps implements Onward {
  private final Interceptor.Chain chain;
  private final Interceptor followUp;

  FollowUps(Interceptor.Chain chain, Interceptor followUp) {
    this.chain = chain;
    this.followUp = followUp;
  }

  @Override
  public Interceptor.Chain chain() {
    return chain;
  }

  @Override
  public Response proceed(Request request) throws IOException {
    if (request == chain.request()) return followUp.intercept(chain);
    List<Interceptor> list;
    int next;
    try {
      list = Chains.interceptors(chain);
      list.add(next = Chains.index(chain), followUp);
    } catch (Throwable ours) {
      throw new IllegalStateException("the call's list could be changed a moment ago", ours);
    }
    try {
      return chain.proceed(request);
    } finally {
      list.remove(next);
    }
  }
}
