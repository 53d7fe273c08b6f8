/** Fakes that the tests of every module share. */
package dev.latchkey.core.testkit;
