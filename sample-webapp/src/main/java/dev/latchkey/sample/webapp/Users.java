package dev.latchkey.sample.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.servlet.ServletContext;

/**
 * Who may log in: {@code WEB-INF/users.properties}, a line a user, {@code
 * name=iterations:salt:hash} (PBKDF2 with HMAC-SHA-256, Base64). Immutable.
 */
final class Users {
  private static final String FILE = "/WEB-INF/users.properties";

  /** Checked when the name is unknown, so that both answers take equally long. */
  private static final String NOBODY =
      "20000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final Properties users;

  private Users(Properties users) {
    this.users = users;
  }

  static Users load(ServletContext context) throws IOException {
    Properties users = new Properties();
    try (InputStream in = context.getResourceAsStream(FILE)) {
      if (in == null) throw new IOException("file missing from the application: " + FILE);
      users.load(in);
    }
    return new Users(users);
  }

  boolean accepts(String name, String password) {
    String[] stored = users.getProperty(name, NOBODY).split(":");
    byte[] hash = Base64.getDecoder().decode(stored[2]);
    byte[] salt = Base64.getDecoder().decode(stored[1]);
    return MessageDigest.isEqual(
        hash, hash(password, salt, Integer.parseInt(stored[0]), hash.length));
  }

  private static byte[] hash(String password, byte[] salt, int iterations, int length) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
