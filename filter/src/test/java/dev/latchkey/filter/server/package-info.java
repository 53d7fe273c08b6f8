/**
 * Real application servers from their own distributions, for the tests of this and other modules.
 */
@NullMarked
package dev.latchkey.filter.server;

import org.jspecify.annotations.NullMarked;
