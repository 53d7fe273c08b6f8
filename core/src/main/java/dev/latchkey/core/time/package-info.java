/** Wall clock and ticker, injectable: nothing below reads the system's clock by itself. */
@NullMarked
package dev.latchkey.core.time;

import org.jspecify.annotations.NullMarked;
