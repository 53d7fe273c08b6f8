/**
 * Runs while the agent's jar is built and is not in it: makes {@code inst/classes.zip}. See
 * RATIONALE.md, "Why are lambdas made into classes?".
 */
@NullMarked
package dev.latchkey.agent.build;

import org.jspecify.annotations.NullMarked;
