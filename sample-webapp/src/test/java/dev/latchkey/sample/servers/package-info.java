/** The sample application with filter and agent on real application servers. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.sample.servers;
