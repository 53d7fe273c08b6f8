/** The front door: what every HTTP client adapter must do, on one page. */
@NullMarked
package dev.latchkey.core.call;

import org.jspecify.annotations.NullMarked;
