package dev.latchkey.core.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses: {@code 10.0.0.0/8}, {@code 192.168.1.7}, {@code fd00::/8}. Names are not
 * looked up. Immutable.
 */
public final class AddressRange {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** The range that this text writes; null if it is none. */
  public static @Nullable AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
    if (network == null) return null;
    int bits = slash < 0 ? network.length * 8 : number(text.substring(slash + 1));
    return bits < 0 || bits > network.length * 8 ? null : new AddressRange(network, bits);
  }

  /** All of them; null if one is none. */
  static @Nullable List<AddressRange> parseAll(List<String> texts) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      AddressRange range = parse(text);
      if (range == null) return null;
      ranges.add(range);
    }
    return ranges;
  }

  /** Whether this address, written as digits, lies in it. */
  public boolean contains(String address) {
    byte[] bytes = bytes(address);
    if (bytes == null || bytes.length != network.length) return false;
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
      if (((bytes[bit / 8] ^ network[bit / 8]) & mask) != 0) return false;
    }
    return true;
  }

  private static byte @Nullable [] bytes(String address) {
    int zone = address.indexOf('%');
    String digits = (zone < 0 ? address : address.substring(0, zone)).trim();
    if (!V4.matcher(digits).matches() && !V6.matcher(digits).matches()) return null;
    try {
      return InetAddress.getByName(digits).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }
}
