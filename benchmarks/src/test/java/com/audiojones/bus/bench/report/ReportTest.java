package com.audiojones.bus.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.bench.report.Figure.Better;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(new Series(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Series(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
        assertThatThrownBy(() -> new Series(List.of())).hasMessage("values: expected at least one, got none");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 50", "0.99, 99", "1, 100", "0, 1"})
    void aPercentileIsOneOfTheValues(double share, long expected) {
        long[] sorted = new long[100];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = i + 1;
        }

        assertThat(Series.percentile(sorted, share)).isEqualTo(expected);
        assertThat(Series.percentile(new long[] {7}, share)).isEqualTo(7);
    }

    @Test
    void aRatioSaysHowManyTimesWorseInEitherDirection() {
        assertThat(figure(Better.MORE, 1_000, 1_500).ratio()).isEqualTo(1.5);
        assertThat(figure(Better.LESS, 3, 2).ratio()).isEqualTo(1.5);
        assertThat(figure(Better.LESS, 3, 2).isMet()).isTrue();
        assertThat(figure(Better.LESS, 4, 2).isMet()).isFalse();
        assertThat(Figure.alone("heap", "MiB", 1).ratio()).isNull();
        assertThat(Figure.alone("heap", "MiB", 1).isMet()).isNull();
    }

    @Test
    void theTableHasOneLinePerFigure() {
        Report report =
                new Report("a suite", Map.of(), List.of(figure(Better.LESS, 4, 2), Figure.alone("heap", "MiB", 12.5)));

        assertThat(report.table())
                .containsExactly(
                        "a suite                                               bus     ceiling  ratio  bar         unit",
                        "latency                                              4.00        2.00   2.00   1.5 MISSED ms (bare)",
                        "heap                                                12.50                          MiB");
    }

    private static Figure figure(Better better, double bus, double ceiling) {
        return new Figure("latency", "ms", better, new Series(List.of(bus)), new Series(List.of(ceiling)), "bare", 1.5);
    }
}
