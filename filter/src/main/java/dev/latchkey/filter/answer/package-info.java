/** Holding a login's answer back until the key status is in it. */
@NullMarked
package dev.latchkey.filter.answer;

import org.jspecify.annotations.NullMarked;
