package dev.latchkey.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The sample application knows nothing of keys, and its rooms know each other one way only. */
@AnalyzeClasses(
    packages = "dev.latchkey.sample",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theApplicationKnowsNothingOfLatchkey =
      noClasses()
          .that()
          .resideInAPackage("dev.latchkey.sample.webapp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.latchkey.core..",
              "dev.latchkey.agent..",
              "dev.latchkey.filter..",
              "dev.latchkey.jdbc..",
              "dev.latchkey.sample.simulator..",
              "dev.latchkey.sample.demo..",
              "org.apache.catalina..",
              "org.apache.tomcat..");

  @ArchTest
  static final ArchRule nothingHereKnowsLatchkey =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.latchkey.core..", "dev.latchkey.agent..", "dev.latchkey.filter..");

  @ArchTest
  static final ArchRule theSimulatorNeedsNothingButTheJdk =
      noClasses()
          .that()
          .resideInAPackage("dev.latchkey.sample.simulator..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "com.sun.net.httpserver..",
              "org.jspecify..",
              "dev.latchkey.sample.simulator..");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("dev.latchkey.sample.(**)").should().beFreeOfCycles();
}
