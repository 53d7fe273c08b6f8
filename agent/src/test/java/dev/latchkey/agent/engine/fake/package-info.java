/** An adapter package as the agent defines it for each application. */
@NullMarked
package dev.latchkey.agent.engine.fake;

import org.jspecify.annotations.NullMarked;
