/** What a managed key is: secret, owner, status, source, generation. */
@NullMarked
package dev.latchkey.core.key;

import org.jspecify.annotations.NullMarked;
