/** One POST through each of the HTTP clients that Java applications use. */
@NullMarked
package dev.latchkey.sample.webapp.client;

import org.jspecify.annotations.NullMarked;
