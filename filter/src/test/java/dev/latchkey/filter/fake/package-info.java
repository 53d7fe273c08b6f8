/** Requests, responses and sessions as far as unit tests need them. */
@NullMarked
package dev.latchkey.filter.fake;

import org.jspecify.annotations.NullMarked;
