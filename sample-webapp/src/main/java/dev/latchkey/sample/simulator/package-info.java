/** An OpenRouter on this machine, for demonstrations and tests; nothing here leaves loopback. */
@NullMarked
package dev.latchkey.sample.simulator;

import org.jspecify.annotations.NullMarked;
