/** {@code HttpURLConnection}: a wrapper handed out by {@code URL.openConnection}. */
@NullMarked
package dev.latchkey.agent.client.huc;

import org.jspecify.annotations.NullMarked;
