/**
 * The story of a key that renews itself, told by driving the sample application as a browser would.
 */
@NullMarked
package dev.latchkey.sample.demo;

import org.jspecify.annotations.NullMarked;
