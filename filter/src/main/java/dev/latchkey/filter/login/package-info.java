/** Syncing a user's keys when he logs in, and what became of it. */
@NullMarked
package dev.latchkey.filter.login;

import org.jspecify.annotations.NullMarked;
