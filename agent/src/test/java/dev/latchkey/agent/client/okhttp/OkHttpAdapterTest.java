package dev.latchkey.agent.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OkHttpAdapterTest {
  private final Interceptor theirs = chain -> chain.proceed(chain.request());
  private final OkHttpClient.Builder builder =
      new OkHttpClient.Builder().addInterceptor(theirs).addNetworkInterceptor(theirs);

  @Test
  void clientsAreLeftAsTheyAre() throws Exception {
    new OkHttpAdapter(new Nobody()).enter(OkHttpHooks.CLIENT, null, builder, null, null);
    assertThat(builder.interceptors()).containsExactly(theirs);
    assertThat(builder.networkInterceptors()).containsExactly(theirs);
  }

  @Test
  void whereCallsCannotBeChangedClientsAre() throws Exception {
    OkHttpAdapter adapter = new OkHttpAdapter(new Nobody(), false);
    adapter.enter(OkHttpHooks.CLIENT, null, builder, null, null);
    builder.addInterceptor(theirs).addNetworkInterceptor(theirs);
    adapter.enter(OkHttpHooks.CLIENT, null, builder, null, null);
    assertThat(builder.interceptors()).hasSize(3).startsWith(theirs, theirs);
    assertThat(builder.networkInterceptors()).hasSize(3).startsWith(theirs, theirs);
  }

  /** Manages nothing. */
  private static final class Nobody implements OutboundCalls {
    @Override
    public boolean manages(String scheme, String host, int port, String path) {
      return false;
    }

    @Override
    public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
      return null;
    }
  }
}
