/** Sealing and opening of secrets, bound to the row they belong to. */
@NullMarked
package dev.latchkey.core.crypto;

import org.jspecify.annotations.NullMarked;
