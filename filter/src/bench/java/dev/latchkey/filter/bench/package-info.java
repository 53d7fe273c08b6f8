/** What the filter costs a request. */
@NullMarked
package dev.latchkey.filter.bench;

import org.jspecify.annotations.NullMarked;
