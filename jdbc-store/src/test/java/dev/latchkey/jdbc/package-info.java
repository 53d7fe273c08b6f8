/** Tests of the key table on real databases, and the PostgreSQL server that other tests borrow. */
@NullMarked
package dev.latchkey.jdbc;

import org.jspecify.annotations.NullMarked;
