/** Which key now: the immutable snapshot that calls read. */
@NullMarked
package dev.latchkey.core.pool;

import org.jspecify.annotations.NullMarked;
