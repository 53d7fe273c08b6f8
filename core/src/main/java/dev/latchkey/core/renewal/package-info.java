/** One renewal for each dead key: mint, test, activate, retire. */
@NullMarked
package dev.latchkey.core.renewal;

import org.jspecify.annotations.NullMarked;
