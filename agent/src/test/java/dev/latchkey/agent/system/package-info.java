/**
 * Tests on real things: applications in JVMs of their own, with the packaged agent, a provider over
 * HTTP and a database that can be taken away.
 */
package dev.latchkey.agent.system;
