/** Who is asking, and telling the agent so. */
@NullMarked
package dev.latchkey.filter.identity;

import org.jspecify.annotations.NullMarked;
