package com.audiojones.bus.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** What holds for every module, checked over all of them at once. */
@AnalyzeClasses(packages = "com.audiojones.bus", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String ROOT = "com.audiojones.bus.";

    /** The packages of webhook-verifier. */
    private static final String[] VERIFIER = {ROOT + "signature..", ROOT + "secret..", ROOT + "time.."};

    @ArchTest
    static final ArchRule NO_PACKAGES_IN_CIRCLES =
            slices().matching("com.audiojones.bus.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule SERVICES_NEVER_SEE_EACH_OTHER = slices().matching(
                    "com.audiojones.bus.(router|dispatcher|sink|admin)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_CONTRACT_KNOWS_NO_MODULE_ABOVE_IT = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "event..",
                    ROOT + "lane..",
                    ROOT + "topic..",
                    ROOT + "target..",
                    ROOT + "delivery..",
                    ROOT + "quarantine..",
                    ROOT + "config..",
                    ROOT + "kafka..",
                    ROOT + "consume..",
                    ROOT + "decision..",
                    ROOT + "live..",
                    ROOT + "service..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "store..",
                    ROOT + "router..",
                    ROOT + "dispatcher..",
                    ROOT + "sink..",
                    ROOT + "admin..",
                    ROOT + "launcher..",
                    ROOT + "broker..");

    @ArchTest
    static final ArchRule RECEIVERS_NEED_THE_VERIFIER_AND_THE_JDK_ALONE = classes()
            .that()
            .resideInAnyPackage(VERIFIER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(VERIFIER)
                    .or(resideInAnyPackage(
                            "java.lang..", "java.nio..", "java.security..", "java.time..", "java.util.."))
                    .or(resideInAnyPackage("javax.crypto..", "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that(not(resideInAPackage(ROOT + "launcher.cli")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule THE_CLOCK_IS_PASSED_IN = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "router..", ROOT + "dispatcher..", ROOT + "sink..", ROOT + "admin..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_ITS_ADAPTER = noClasses()
            .that(not(resideInAnyPackage(ROOT + "store.sqlite..", ROOT + "bench.store")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule HTTP_STAYS_IN_ITS_ADAPTERS = noClasses()
            .that(not(resideInAPackage(ROOT + "admin..")).and(not(resideInAPackage(ROOT + "dispatcher.http"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.apache.hc..");

    @ArchTest
    static final ArchRule NO_ROOMS_FOR_ODDS_AND_ENDS =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..manager..");
}
