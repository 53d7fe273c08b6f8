/** Where an owner's key comes from: database, key file, environment, provisioning. */
@NullMarked
package dev.latchkey.core.sync;

import org.jspecify.annotations.NullMarked;
