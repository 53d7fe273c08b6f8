/** Provider definitions: origins, attachment, classification, probe, provisioning, quota. */
@NullMarked
package dev.latchkey.core.provider;

import org.jspecify.annotations.NullMarked;
