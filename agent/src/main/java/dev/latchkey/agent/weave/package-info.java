/** Adds the calls of the bridge to the methods of HTTP clients as their classes load. */
@NullMarked
package dev.latchkey.agent.weave;

import org.jspecify.annotations.NullMarked;
