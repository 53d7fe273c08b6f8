package dev.latchkey.agent.weave;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.client.Hook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client class's bytes into bytes that call the bridge. Byte Buddy's ASM without Byte
 * Buddy: the first class costs 20 ms that way instead of 200 to 500. Immutable.
 */
public final class Weaver {
  static final String BRIDGE = LatchkeyBridge.class.getName().replace('.', '/');

  /** The tag of a text among a class file's constants (Java virtual machine specification, 4.4). */
  private static final int UTF_8 = 1;

  private final Map<String, List<Joint>> joints;
  private final String[] homes;

  private Weaver(Map<String, List<Joint>> joints, List<String> homes) {
    this.joints = joints;
    this.homes = homes.toArray(new String[0]);
  }

  /** A weaver for these clients; their place in the list becomes their number in woven code. */
  public static Weaver create(List<ClientHooks> clients) {
    Map<String, List<Joint>> joints = new HashMap<>();
    List<String> homes = new ArrayList<>();
    for (int client = 0; client < clients.size(); client++) {
      List<String> packages = clients.get(client).packages();
      if (!packages.isEmpty()) homes.add(packages.get(0).replace('.', '/') + "/");
      List<Hook> hooks = clients.get(client).hooks();
      for (int i = 0; i < hooks.size(); i++) {
        Hook hook = hooks.get(i);
        List<Joint> ofType = joints.get(hook.type());
        if (ofType == null) joints.put(hook.type(), ofType = new ArrayList<>());
        ofType.add(new Joint(client * 16 + i, hook));
      }
    }
    return new Weaver(joints, homes);
  }

  /** Whether a class of that internal name is part of a client: its calls are near. */
  boolean isOfClient(@Nullable String type) {
    if (type == null) return false;
    for (String home : homes) {
      if (type.startsWith(home)) return true;
    }
    return knows(type);
  }

  /** Whether a class of that internal name has hooks. */
  public boolean knows(@Nullable String type) {
    return joints.containsKey(type);
  }

  /**
   * The woven class.
   *
   * @param type the class's internal name, which the weaver {@link #knows}
   * @return null where there is nothing to weave: no such method, or woven before
   */
  public byte @Nullable [] weave(String type, byte[] original) {
    List<Joint> ofType = joints.get(type);
    if (ofType == null) return null;
    ClassReader reader = new ClassReader(original);
    if (mentionsBridge(reader)) return null;
    ClassWriter writer = new ClassWriter(reader, 0);
    WovenClass woven = new WovenClass(writer, ofType, ParameterStores.find(reader, ofType));
    reader.accept(woven, 0);
    return woven.changed() ? writer.toByteArray() : null;
  }

  // A class that calls the bridge names it among its constants, and nothing else does.
  private static boolean mentionsBridge(ClassReader reader) {
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0 && isBridge(reader, item)) return true; // A long has an item that is none.
    }
    return false;
  }

  private static boolean isBridge(ClassReader reader, int item) {
    boolean may =
        reader.readByte(item - 1) == UTF_8 && reader.readUnsignedShort(item) == BRIDGE.length();
    for (int i = 0; may && i < BRIDGE.length(); i++) {
      may = reader.readByte(item + 2 + i) == BRIDGE.charAt(i);
    }
    return may;
  }
}
