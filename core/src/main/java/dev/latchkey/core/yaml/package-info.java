/** Settings as people write them: a YAML tree that knows its lines, and typed, checked reading. */
@NullMarked
package dev.latchkey.core.yaml;

import org.jspecify.annotations.NullMarked;
