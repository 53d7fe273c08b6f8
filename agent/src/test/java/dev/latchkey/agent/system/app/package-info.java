/** The application that runs in forked JVMs: knows nothing of Latchkey, and runs without it. */
package dev.latchkey.agent.system.app;
