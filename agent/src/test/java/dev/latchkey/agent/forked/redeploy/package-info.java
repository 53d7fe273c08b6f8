/** An application that is deployed and undeployed again and again beside the packaged agent. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.agent.forked.redeploy;
