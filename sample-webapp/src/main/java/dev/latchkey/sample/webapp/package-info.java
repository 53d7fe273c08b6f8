/**
 * A small servlet application: log in, ask a question, see the history. It knows one placeholder.
 */
@NullMarked
package dev.latchkey.sample.webapp;

import org.jspecify.annotations.NullMarked;
