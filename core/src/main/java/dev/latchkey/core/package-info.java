/** The running whole, put together from the rooms below. */
@NullMarked
package dev.latchkey.core;

import org.jspecify.annotations.NullMarked;
