package dev.latchkey.agent.cli;

/** What a command wants to know of the opened keys. */
interface Question {
  /**
   * The answer.
   *
   * @throws Refusal if an option is at fault
   * @throws dev.latchkey.core.store.StoreException if the key table cannot be reached
   */
  Answer ask(Opened keys) throws Refusal;
}
