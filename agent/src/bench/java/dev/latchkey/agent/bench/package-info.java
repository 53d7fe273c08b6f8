/**
 * Benchmarks: what the agent costs, beside nothing, beside code written by hand, beside another
 * agent.
 */
@NullMarked
package dev.latchkey.agent.bench;

import org.jspecify.annotations.NullMarked;
