package dev.latchkey.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows inside the agent, and those that must not leave it. */
@AnalyzeClasses(
    packages = "dev.latchkey.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("dev.latchkey.agent.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noServletNoDatabaseNoStore =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javax.servlet..",
              "jakarta.servlet..",
              "java.sql..",
              "javax.sql..",
              "dev.latchkey.jdbc..");

  @ArchTest
  static final ArchRule clientsDoNotKnowEachOther =
      slices().matching("dev.latchkey.agent.client.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule clientsKnowNoMachinery =
      noClasses()
          .that()
          .resideInAPackage("dev.latchkey.agent.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.latchkey.agent.engine..", "dev.latchkey.agent.weave..", "net.bytebuddy..");

  @ArchTest
  static final ArchRule rootLayerStandsAlone =
      classes()
          .that()
          .resideInAPackage("dev.latchkey.agent")
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.describe(
                  "are the JDK's, annotations or in the root layer itself",
                  ArchitectureTest::isAllowedInRoot));

  @ArchTest
  static final ArchRule bridgeKnowsTheJdkOnly =
      classes()
          .that()
          .haveSimpleName("LatchkeyBridge")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util.concurrent..",
              "org.jspecify..",
              "dev.latchkey.agent.bridge");

  // The first use of any of these decides something for the application.
  @ArchTest
  static final ArchRule nothingTouchesWhatIsTheApplications =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "java.lang.management..", "javax.management..");

  private static boolean isAllowedInRoot(JavaClass type) {
    String home = type.getPackageName();
    return home.startsWith("java.")
        || home.startsWith("org.jspecify")
        || home.equals("dev.latchkey.agent")
        || type.isPrimitive()
        || type.isArray();
  }
}
