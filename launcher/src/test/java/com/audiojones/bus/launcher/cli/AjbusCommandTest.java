package com.audiojones.bus.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.bench.Benchmarks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets for bad input: exit code 2 and one sentence, never a stack trace. */
class AjbusCommandTest {

    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "publish audit.nope --data {} | ajbus: topic: expected one of audit.user, audit.ai",
                "publish events.nope --data {} | ajbus: topic: expected one of audit.user, audit.ai",
                "publish audit.user --data {} | ajbus: type: expected a string, got nothing: the field is missing",
                "publish status_change --data nonsense | ajbus: data: expected JSON, got: Unrecognized token 'nonsense'",
                "publish status_change --data 1,2 | ajbus: data: expected JSON",
                "publish user/login --data {} | ajbus: event_type: expected letters, digits, _ and -",
                "publish user.login --data {} --actor-type robot | Invalid value for option '--actor-type': expected one of [USER, TEAM, PARTNER, SYSTEM, AI]",
                "publish user.login --data {} --severity info | ajbus: --severity: expected for AJ events",
                "publish status_change --data {} --priority P0 | ajbus: --priority: expected for audit events",
                "publish audit.user --data {} --priority P0 | ajbus: --priority, --severity: expected with a type only",
                "publish user.login --data {} --priority P9 | Invalid value for option '--priority'",
                "publish user.login | Missing required argument (specify one of these): (--data=JSON | --file=FILE)",
                "publish user.login --data {} --file - | are mutually exclusive",
                "publish user.login --file missing.ndjson | ajbus: --file missing.ndjson: expected a readable file, found none",
                "subscribe audit.user | Missing required option: '--exec=CMD'",
                "subscribe audit.user --exec true --concurrency 0 | ajbus: --concurrency: expected 1 to 10000, got 0",
                "subscribe audit.user --exec true --group a,b | ajbus: --group: expected 1 to 150 letters",
                "tail a,b | ajbus: pattern: expected segments of letters",
                "receive --port 0 --secret s --fail-rate 2 | ajbus: --fail-rate: expected 0 to 1, got 2.0",
                "receive --port 0 --secret s --delay -1 | ajbus: --delay: expected 0 or more milliseconds, got -1",
                "receive --port 99999 --secret s | ajbus: --port: expected 0 to 65535, got 99999",
                "receive --port 0 --secret s | ajbus: --secret: expected at least 32 characters, got 1",
                "config --set no.such=1 | ajbus: no.such: no such setting",
                "config --config missing.conf | ajbus: settings file missing.conf: expected a readable file, found none",
                "router --set router.window-records=0 | ajbus: router.window-records: expected a whole number from 1 to 1000000, got '0'",
                "bench speed | ajbus: suite: expected one of publish, dispatch, isolation, flood, memory, route, store, end-to-end, got 'speed'",
                "bench dispatch --events 0 | ajbus: --events: expected at least 1, got 0",
                "nonsense | Unmatched argument at index 0: 'nonsense'",
                "targets | expected add, list or remove",
                "topics | expected create, check or acls",
                "receive --port 0 --host no-such-host.invalid --secret a-secret-of-the-test-with-32-characters | ajbus: --host no-such-host.invalid --port 0: cannot be used",
                "store | expected backup, export, import or migrate",
                "store import missing.db | ajbus: missing.db: expected the file of a SQLite store, got none",
                "store backup copy.db --set store.sqlite-file=no.db | ajbus: no.db: expected the file of a SQLite store, got none",
                "store export out.db --set store.sqlite-file=no.db | ajbus: no.db: expected the file of a SQLite store, got none",
                "store import pom.xml --set store.sqlite-file=pom.xml | ajbus: pom.xml: expected another file than that of the store, got the same",
                "store migrate --from sqlite | Missing required option: '--to=KIND'",
                "store migrate --from sqlite --to sqlite | ajbus: --to: expected another kind of store than --from, got the same",
                "store migrate --from sqlite --to mysql | Invalid value for option '--to'"
            })
    void badInputIsOneSentenceAndExitCodeTwo(String line, String sentence) {
        CommandRun result = CommandRun.of(line.split(" "));

        assertThat(result.error())
                .contains(sentence)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
    }

    @Test
    void theHelpOfTheBenchmarksListsEverySuite() {
        CommandRun result = CommandRun.of("bench", "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(Benchmarks.suites()).allSatisfy(suite -> assertThat(result.output())
                .containsPattern("  " + suite.name() + " +" + suite.about()));
    }

    @Test
    void aTargetWithoutAnyKeyAroundSaysWhereKeysComeFrom() {
        CommandRun result = CommandRun.of("targets", "list", "--bus", data.toString());

        assertThat(result.error())
                .contains("admin key: expected ADMIN_KEY in the environment or a key in " + data + ", found neither");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void configPrintsEverySettingWithItsDefault() {
        CommandRun result = CommandRun.of("config");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("router.window-records = 16384")
                .contains("kafka.bootstrap-servers = 127.0.0.1:9092")
                .contains("dispatcher.request-timeout = 10s");
    }
}
