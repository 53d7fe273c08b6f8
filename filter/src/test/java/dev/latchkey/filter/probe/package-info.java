/**
 * The application that the filter is tested in: it does what applications do, and knows no keys.
 */
@NullMarked
package dev.latchkey.filter.probe;

import org.jspecify.annotations.NullMarked;
