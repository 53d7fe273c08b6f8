/** A library as each application has its own. */
@NullMarked
package dev.latchkey.agent.engine.library;

import org.jspecify.annotations.NullMarked;
