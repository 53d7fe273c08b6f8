/** The key table on PostgreSQL and H2, behind core's port. */
@NullMarked
package dev.latchkey.jdbc;

import org.jspecify.annotations.NullMarked;
