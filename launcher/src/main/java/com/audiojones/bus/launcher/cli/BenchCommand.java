package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.bench.Benchmarks;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures this machine's bus beside what it is made of. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the bus beside what limits it, with a broker and a receiver of its own in a temporary "
                + "directory.",
        footerHeading = "%nSuites:%n",
        footer = {
            "  publish     events per second and latency until they are durable, by the SDK",
            "  dispatch    deliveries per second, CPU time and latency from lane to receiver",
            "  isolation   latency of 96 healthy targets beside 4 sick ones",
            "  flood       latency of P0 while P3 comes ten times as fast",
            "  memory      live heap of the dispatcher during a long run; try --events 1000000",
            "  route       events per second, CPU time and latency from ingest topic to lane",
            "  store       events per second into SQLite, and into a Firestore emulator",
            "  end-to-end  latency from publish to receiver, and the highest rate"
        })
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SUITE", description = "what to measure, see below")
    private String suite = "";

    @Option(
            names = "--events",
            defaultValue = "100000",
            description = "deliveries of one throughput pass, or of the long run (default: ${DEFAULT-VALUE})")
    private int events;

    @Option(
            names = "--warm-up",
            defaultValue = "240000",
            description = "deliveries of bus and ceiling before throughput counts (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--body-bytes",
            defaultValue = "600",
            description = "how long each body is (default: ${DEFAULT-VALUE})")
    private int bodyBytes;

    @Option(
            names = "--targets",
            split = ",",
            defaultValue = "1",
            description = "targets per event, one throughput figure for each, such as 1,10 (default: ${DEFAULT-VALUE})")
    private List<Integer> targets = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "how long one latency pass lasts (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--pairs",
            defaultValue = "3",
            description = "passes of each kind, in turn; medians count (default: ${DEFAULT-VALUE})")
    private int pairs;

    @Option(
            names = "--concurrency",
            defaultValue = "128",
            description = "requests under way in the ceilings (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(names = "--json", paramLabel = "FILE", description = "where to write every pass as JSON")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Suite chosen = Benchmarks.suites().stream()
                .filter(each -> each.name().equals(suite))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException("suite: expected one of " + suiteNames() + ", got '" + suite + "'"));
        QuietKafka.begin();
        Report report = chosen.run(options(), BenchCommand::progress);
        if (json != null) {
            report.writeTo(json);
        }
        report.table().forEach(System.out::println);
        return 0;
    }

    private Options options() {
        try {
            return new Options(events, warmUp, bodyBytes, targets, Duration.ofSeconds(seconds), pairs, concurrency);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--" + e.getMessage());
        }
    }

    private static String suiteNames() {
        return Benchmarks.suites().stream().map(Suite::name).collect(Collectors.joining(", "));
    }

    private static void progress(String line) {
        System.err.println(line);
        System.err.flush();
    }
}
