package io.ringstore.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The cores are functions of their inputs: whatever is uncertain comes in as an event. */
@AnalyzeClasses(packages = "io.ringstore", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTests {

    @ArchTest
    static final ArchRule theCoresKnowOnlyValuesAndCollections = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.ringstore..",
                    "java.lang..",
                    "java.util",
                    "java.util.function..",
                    "java.util.stream..",
                    "java.io",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "java.time",
                    "org.jspecify..")
            .because("threads, files and sockets belong to the services around the cores");

    @ArchTest
    static final ArchRule theCoresNeverAskWhatTimeItIs = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Instant.class)
            .because("time comes in with each event, so that a run can be repeated");

    @ArchTest
    static final ArchRule theCoresNeverThrowDice = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(UUID.class, ThreadLocalRandom.class, Random.class)
            .because("the edges choose at random, so that a run can be repeated");

    @ArchTest
    static final ArchRule theCoresOpenNoFilesAndStartNoThreads = noClasses()
            .should()
            .dependOnClassesThat(
                    JavaClass.Predicates.assignableTo(File.class).or(JavaClass.Predicates.assignableTo(Thread.class)))
            .because("the cores are driven by one thread and see no disk");

    @ArchTest
    static final ArchRule packagesDependOneWay =
            slices().matching("io.ringstore.(*)..").should().beFreeOfCycles();
}
