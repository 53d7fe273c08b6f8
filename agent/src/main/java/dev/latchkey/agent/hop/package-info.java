/** What the adapters of all clients share: guarding, peeking, waiting and replaying. */
@NullMarked
package dev.latchkey.agent.hop;

import org.jspecify.annotations.NullMarked;
