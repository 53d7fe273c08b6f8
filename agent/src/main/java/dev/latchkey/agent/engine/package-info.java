/** Joins hooks, adapters and core: what runs in the agent's own loader. */
@NullMarked
package dev.latchkey.agent.engine;

import org.jspecify.annotations.NullMarked;
