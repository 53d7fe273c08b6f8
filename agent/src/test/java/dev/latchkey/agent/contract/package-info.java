/** What every HTTP client with Latchkey in it must still do, one suite for all of them. */
@NullMarked
package dev.latchkey.agent.contract;

import org.jspecify.annotations.NullMarked;
