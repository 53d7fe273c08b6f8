package dev.latchkey.agent.cli;

import picocli.CommandLine.Command;

/** Holds the commands on keys; says how they are used where none is named. */
@Command(
    name = "keys",
    description = "List, find, check and renew keys; keep users out.",
    synopsisSubcommandLabel = "(list | sync | ensure | renew | disable | enable)")
final class KeysGroup {}
