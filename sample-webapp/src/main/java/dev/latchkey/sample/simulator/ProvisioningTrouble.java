package dev.latchkey.sample.simulator;

/** What can go wrong with the keys API. */
public enum ProvisioningTrouble {
  /** Nothing: the keys API works. */
  NONE,
  /** Every call is answered 500. */
  SERVER_ERROR,
  /** Every call is answered 401, as if the management key were deleted. */
  REFUSED,
  /** A key is made, but the 201 does not tell it. */
  NO_KEY_IN_ANSWER,
  /** Calls are accepted and not answered until the trouble changes or the simulator closes. */
  HANGS
}
