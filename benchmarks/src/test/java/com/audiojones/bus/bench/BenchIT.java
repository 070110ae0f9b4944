package com.audiojones.bus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run there is: that it measures, not what. */
class BenchIT {

    private static final Options TINY = new Options(500, 500, 600, List.of(1), Duration.ofSeconds(1), 1, 32);

    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @Test
    void theDispatchSuiteCountsEveryDeliveryAndComparesEveryFigure() throws Exception {
        Path file = directory.resolve("dispatch.json");

        Report report = suite("dispatch").run(TINY, progress::add);
        report.writeTo(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("suite").asText()).isEqualTo("dispatch");
        assertThat(json.path("conditions").path("events").asText()).isEqualTo("500");
        assertThat(json.path("figures").findValuesAsText("name"))
                .containsExactly(
                        "throughput, targets per event: 1",
                        "CPU, targets per event: 1",
                        "CPU, signed before, targets per event: 1",
                        "arrived, targets per event: 1",
                        "latency at 200/s, p50",
                        "latency at 200/s, p99",
                        "latency at 1000/s, p50",
                        "latency at 1000/s, p99");
        assertThat(json.at("/figures/3/bus/median").asInt()).isEqualTo(500);
        for (int compared : List.of(0, 1, 2, 4, 5, 6, 7)) {
            JsonNode figure = json.path("figures").path(compared);
            assertThat(figure.at("/bus/passes").size()).isEqualTo(1);
            assertThat(figure.at("/ceiling/passes").size()).isEqualTo(1);
            assertThat(figure.path("ratio").asDouble()).isPositive();
        }
        assertThat(json.at("/figures/1/bar").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/figures/5/bar").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/figures/5/met").isBoolean()).isTrue();
        assertThat(report.table()).hasSize(9);
        assertThat(progress).isNotEmpty();
    }

    @Test
    void theRouteSuiteComparesEveryFigure() throws Exception {
        // Enough for some ticks of the clock by which the system counts CPU time.
        Options small = new Options(20_000, 500, 600, List.of(1), Duration.ofSeconds(1), 1, 32);

        Report report = suite("route").run(small, progress::add);

        assertThat(report.figures())
                .extracting(Figure::name)
                .containsExactly(
                        "route, events",
                        "route, CPU",
                        "route latency at 1000/s, p50",
                        "route latency at 1000/s, p99",
                        "route of P0 in a flood of P3, p50",
                        "route of P0 in a flood of P3, p99");
        assertThat(report.figures()).allSatisfy(figure -> {
            assertThat(figure.system().values()).hasSize(1);
            assertThat(figure.ratio()).isPositive();
        });
    }

    @Test
    void thePublishSuiteComparesEveryFigure() throws Exception {
        Report report = suite("publish").run(TINY, progress::add);

        assertThat(report.figures())
                .extracting(Figure::name)
                .containsExactly("publish, events", "publish latency at 1000/s, p50", "publish latency at 1000/s, p99");
        assertThat(report.figures()).allSatisfy(figure -> {
            assertThat(figure.system().values()).hasSize(1);
            assertThat(figure.ratio()).isPositive();
        });
    }

    @Test
    void theStoreSuiteComparesSqliteWithBareInserts() throws Exception {
        Report report = suite("store").run(TINY, progress::add);

        assertThat(report.figures().getFirst()).satisfies(figure -> {
            assertThat(figure.name()).isEqualTo("store, SQLite");
            assertThat(figure.system().values()).hasSize(1);
            assertThat(figure.ratio()).isPositive();
        });
    }

    @Test
    void theEndToEndSuiteFindsTheHighestRate() throws Exception {
        Report report = suite("end-to-end").run(TINY, progress::add);

        assertThat(report.figures())
                .extracting(Figure::name)
                .containsExactly(
                        "end-to-end latency at 1000/s, p50",
                        "end-to-end latency at 1000/s, p99",
                        "highest rate with p99 under 100 ms");
        assertThat(report.figures().getFirst().ratio()).isPositive();
    }

    private static Suite suite(String name) {
        return Benchmarks.suites().stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
