package dev.latchkey.agent.weave;

import dev.latchkey.agent.client.Hook;

/** A hook and the number by which woven code names it. */
final class Joint {
  final int number;
  final Hook hook;

  Joint(int number, Hook hook) {
    this.number = number;
    this.hook = hook;
  }

  boolean isAt(String method, String descriptor) {
    return hook.method().equals(method) && hook.descriptor().equals(descriptor);
  }
}
