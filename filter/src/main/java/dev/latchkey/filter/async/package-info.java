/** Requests that go on without the thread they began on. */
@NullMarked
package dev.latchkey.filter.async;

import org.jspecify.annotations.NullMarked;
