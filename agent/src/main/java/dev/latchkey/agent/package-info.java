/**
 * The root of the jar, the only part that the application's class path sees: starts the agent or
 * the command line in a loader of its own.
 */
@NullMarked
package dev.latchkey.agent;

import org.jspecify.annotations.NullMarked;
