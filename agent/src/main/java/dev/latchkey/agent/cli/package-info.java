/**
 * The command line of {@code java -jar latchkey-agent.jar}: checks settings and store, tends keys.
 */
@NullMarked
package dev.latchkey.agent.cli;

import org.jspecify.annotations.NullMarked;
