/** The jars as they are shipped. */
@NullMarked
package dev.latchkey.filter.packaged;

import org.jspecify.annotations.NullMarked;
