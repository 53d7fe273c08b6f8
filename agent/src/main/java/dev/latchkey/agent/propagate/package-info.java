/** Carries a request's user into the threads of executors, where the settings ask for it. */
@NullMarked
package dev.latchkey.agent.propagate;

import org.jspecify.annotations.NullMarked;
