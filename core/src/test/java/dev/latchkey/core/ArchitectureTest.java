package dev.latchkey.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house as the design draws it: arrows between rooms only point down. */
final class ArchitectureTest {
  /** Lowest first; an arrow may only point to a room earlier in the list. */
  private static final List<String> ROOMS =
      Collections.unmodifiableList(
          Arrays.asList(
              "log",
              "jul",
              "time",
              "work",
              "key",
              "yaml",
              "crypto",
              "provider",
              "store",
              "pool",
              "renewal",
              "sync",
              "call",
              "config"));

  private static final String CORE = "dev.latchkey.core";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(CORE);

  @Test
  void arrowsBetweenRoomsPointDown() {
    for (int i = 0; i < ROOMS.size(); i++) {
      List<String> above = new ArrayList<>();
      // The assembly in the top package opens all rooms, so no room may know it.
      above.add(CORE);
      for (String room : ROOMS.subList(i + 1, ROOMS.size())) above.add(CORE + "." + room + "..");
      noClasses()
          .that()
          .resideInAPackage(CORE + "." + ROOMS.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above.toArray(new String[0]))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyClassLivesInARoom() {
    List<String> known = new ArrayList<>();
    known.add(CORE);
    for (String room : ROOMS) known.add(CORE + "." + room + "..");
    classes().should().resideInAnyPackage(known.toArray(new String[0])).check(CLASSES);
  }

  @Test
  void noPackagesGoRoundInCircles() {
    slices().matching(CORE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void coreKnowsNeitherServletsNorJdbcNorTheOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "javax.servlet..",
            "jakarta.servlet..",
            "java.net.http..",
            "java.util.logging..",
            "dev.latchkey.agent..",
            "dev.latchkey.filter..",
            "dev.latchkey.store..",
            "dev.latchkey.jdbc..")
        .check(CLASSES);
  }

  @Test
  void nobodyTouchesTheJvmsTlsDefaults() {
    noClasses()
        .should()
        .callMethod(javax.net.ssl.SSLContext.class, "getDefault")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(javax.net.ssl.HttpsURLConnection.class)
        .check(CLASSES);
  }
}
