/**
 * What stands in for {@code java.util.logging} inside what we ship: packaging rewrites the
 * libraries' references to it. The real one must not be touched, because the first use of it
 * decides which {@code LogManager} the application gets. Method by method what the bundled
 * libraries call.
 */
@NullMarked
package dev.latchkey.core.jul;

import org.jspecify.annotations.NullMarked;
