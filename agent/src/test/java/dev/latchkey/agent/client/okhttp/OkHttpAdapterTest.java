package dev.latchkey.agent.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import java.net.InetSocketAddress;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
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

  @Test
  void whereClientsAreChangedNoRequestIsMadeForPlacesThatAreNobodys() throws Exception {
    Nobody nobody = new Nobody();
    new OkHttpAdapter(nobody, false).enter(OkHttpHooks.CLIENT, null, builder, null, null);
    HttpServer outside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    outside.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    outside.start();
    String url = "http://127.0.0.1:" + outside.getAddress().getPort() + "/";
    OkHttpClient client = builder.build();
    try (Response answer = client.newCall(new Request.Builder().url(url).build()).execute()) {
      assertThat(answer.code()).isEqualTo(204);
    } finally {
      outside.stop(0);
    }
    assertThat(nobody.asked).isPositive();
    assertThat(nobody.opened).isZero();
  }

  /** Manages nothing. */
  private static final class Nobody implements OutboundCalls {
    private int asked;
    private int opened;

    @Override
    public boolean knows(String scheme, String host, int port) {
      asked++;
      return false;
    }

    @Override
    public boolean manages(String scheme, String host, int port, String path) {
      return false;
    }

    @Override
    public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
      opened++;
      return null;
    }
  }
}
