/** Our own log: one line an event on stderr or in a file, never the application's. */
@NullMarked
package dev.latchkey.core.log;

import org.jspecify.annotations.NullMarked;
