/** What an HTTP client adapter is, and how it says where it hooks in. */
@NullMarked
package dev.latchkey.agent.client;

import org.jspecify.annotations.NullMarked;
