/**
 * OkHttp 3, 4 and 5: an interceptor below the application's own replays, a last network interceptor
 * attaches, and calls to other places do not meet them.
 */
@NullMarked
package dev.latchkey.agent.client.okhttp;

import org.jspecify.annotations.NullMarked;
