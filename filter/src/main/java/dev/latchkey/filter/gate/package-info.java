/** What happens to a request: who it is, his login, his answer. */
@NullMarked
package dev.latchkey.filter.gate;

import org.jspecify.annotations.NullMarked;
