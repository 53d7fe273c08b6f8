package dev.latchkey.agent.forked.redeploy;

import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The application: asks a URL with a client of its own and gives back what was answered. */
public final class Page implements Function<String, String> {
  /** Made by reflection, in a loader of its own. */
  public Page() {}

  @Override
  public String apply(String url) {
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      HttpGet get = new HttpGet(url);
      get.setHeader("X-API-Key", "placeholder");
      return client.execute(get, response -> EntityUtils.toString(response.getEntity()));
    } catch (Exception e) {
      return e.toString();
    }
  }
}
