/** What web.xml names, and the loader that hides everything else from the application. */
@NullMarked
package dev.latchkey.filter;

import org.jspecify.annotations.NullMarked;
