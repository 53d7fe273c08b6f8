package dev.latchkey.filter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows inside the filter, and those that must not leave it. */
@AnalyzeClasses(
    packages = "dev.latchkey.filter",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("dev.latchkey.filter.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheGateKnowsTheOthers =
      slices()
          .matching("dev.latchkey.filter.(identity|login|answer)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule whatTheApplicationSeesStandsAlone =
      classes()
          .that()
          .resideInAPackage("dev.latchkey.filter")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "jakarta.servlet..", "org.jspecify..", "dev.latchkey.filter", "");

  @ArchTest
  static final ArchRule noAgentNoStoreNoLoggingOfTheApplication =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.latchkey.agent..", "dev.latchkey.jdbc..", "java.util.logging..", "java.sql..");
}
