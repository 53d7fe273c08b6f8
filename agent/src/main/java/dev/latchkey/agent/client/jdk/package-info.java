/**
 * {@code java.net.http}: wraps the body handler to report and replay, and rewrites what each hop
 * writes to the wire. All but the names is compiled for Java 11.
 */
@NullMarked
package dev.latchkey.agent.client.jdk;

import org.jspecify.annotations.NullMarked;
