/** Typed, immutable settings that report every fault at once. */
@NullMarked
package dev.latchkey.core.config;

import org.jspecify.annotations.NullMarked;
