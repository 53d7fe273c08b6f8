/** The few threads that Latchkey has: named, bounded, daemon. */
@NullMarked
package dev.latchkey.core.work;

import org.jspecify.annotations.NullMarked;
