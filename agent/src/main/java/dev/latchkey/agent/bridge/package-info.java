/** The one class that woven code calls, and how it gets into the boot loader. */
@NullMarked
package dev.latchkey.agent.bridge;

import org.jspecify.annotations.NullMarked;
