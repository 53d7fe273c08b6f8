/**
 * An application, in plain Java 8, that hands work to every kind of executor and says whose it is.
 */
@org.jspecify.annotations.NullMarked
package dev.latchkey.agent.forked.carry;
