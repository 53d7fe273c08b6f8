/**
 * OkHttp 3, 4 and 5: a last application interceptor replays, a last network interceptor attaches.
 */
@NullMarked
package dev.latchkey.agent.client.okhttp;

import org.jspecify.annotations.NullMarked;
