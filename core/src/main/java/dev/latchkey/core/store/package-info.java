/** The port to the key table, and the in-memory implementation of it. */
@NullMarked
package dev.latchkey.core.store;

import org.jspecify.annotations.NullMarked;
