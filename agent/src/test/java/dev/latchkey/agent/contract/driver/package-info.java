/** One driver per client; each is defined afresh beside the jars of the version under test. */
@NullMarked
package dev.latchkey.agent.contract.driver;

import org.jspecify.annotations.NullMarked;
