/** The packaged agent in JVMs of its own. */
@NullMarked
package dev.latchkey.agent.forked;

import org.jspecify.annotations.NullMarked;
