/** Apache HttpClient 4.3 to 4.5: a link of its chain just above the one that sends. */
@NullMarked
package dev.latchkey.agent.client.apache4;

import org.jspecify.annotations.NullMarked;
