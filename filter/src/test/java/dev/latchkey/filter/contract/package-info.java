/** What the filter promises, on every server. */
@NullMarked
package dev.latchkey.filter.contract;

import org.jspecify.annotations.NullMarked;
