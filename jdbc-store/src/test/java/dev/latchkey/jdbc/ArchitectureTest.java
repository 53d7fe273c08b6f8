package dev.latchkey.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.DriverManager;

@AnalyzeClasses(packages = "dev.latchkey.jdbc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule usesOnlyCoreAndTheDatabaseLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.latchkey.jdbc..",
              "dev.latchkey.core.crypto",
              "dev.latchkey.core.key",
              "dev.latchkey.core.store",
              "dev.latchkey.core.time",
              "java..",
              "javax.sql",
              "com.zaxxer.hikari..",
              "org.flywaydb.core..",
              "org.h2..",
              "org.postgresql..",
              "org.slf4j",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.latchkey.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule leavesTheApplicationsDriversAlone =
      noClasses().should().accessClassesThat().areAssignableTo(DriverManager.class);

  @ArchTest
  static final ArchRule showsItsDoorOnly =
      classes()
          .that()
          .arePublic()
          .should()
          .haveSimpleName("JdbcKeyStoreProvider")
          .orShould()
          .haveSimpleName("QuietLog");
}
