/** Apache HttpClient 5, classic: around the link that authenticates, attaching where it sends. */
@NullMarked
package dev.latchkey.agent.client.apache5;

import org.jspecify.annotations.NullMarked;
