package dev.latchkey.agent.contract;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A provider that speaks HTTP/2 over TLS, with an {@link Origin}'s keys. */
final class Http2Server implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();
  private final Origin origin;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  Http2Server(Origin origin) throws Exception {
    this.origin = origin;
    connector.setPort(0);
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(certificate());
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setBaseDir("target/http2");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "all", new Answering());
    context.addServletMappingDecoded("/*", "all");
    tomcat.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  String url(String path) {
    return "https://localhost:" + port() + path;
  }

  /** Protocol, method, target and credentials of each call. */
  List<String> calls() {
    return calls;
  }

  @Override
  public void close() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static SSLHostConfig certificate() throws Exception {
    SSLHostConfig config = new SSLHostConfig();
    SSLHostConfigCertificate own =
        new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.RSA);
    own.setCertificateKeystoreFile(Tls.file().toString());
    own.setCertificateKeystorePassword("changeit");
    own.setCertificateKeystoreType("PKCS12");
    config.addCertificate(own);
    return config;
  }

  private final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = Bytes.all(request.getInputStream());
      String key = request.getHeader("Authorization");
      if (origin.by() == Origin.By.QUERY) key = "Bearer " + request.getParameter(origin.name());
      calls.add(
          request.getProtocol()
              + (" " + request.getMethod() + " " + request.getRequestURI())
              + ("?" + request.getQueryString() + " " + key));
      boolean live = ("Bearer " + origin.live()).equals(key);
      if (request.getRequestURI().equals("/old")) {
        response.sendRedirect("/new");
        return;
      }
      response.setStatus(live ? 200 : 401);
      response.getOutputStream().write(live ? body : Bytes.of(Origin.REFUSAL));
    }
  }
}
