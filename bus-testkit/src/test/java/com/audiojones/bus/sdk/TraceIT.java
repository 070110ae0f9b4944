package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events carry the trace that they are published in, and handlers run in it, where OpenTelemetry is there. */
@Timeout(120)
class TraceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + SPAN + "-01";

    @TempDir
    private Path directory;

    private TestBus kafka;

    @BeforeEach
    void start() throws InterruptedException {
        kafka = TestBus.start(directory);
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void whatIsPublishedCarriesTheCurrentTrace() throws Exception {
        SpanContext span = SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
        try (EventBus bus = connect()) {
            try (Scope _ = Span.wrap(span).makeCurrent()) {
                bus.publish("status_change", Map.of(), Map.of()).get();
            }
            bus.publish("status_change", Map.of(), Map.of()).get();
        }

        assertThat(kafka.records("events.status").stream().map(TraceIT::traceparent))
                .containsExactlyInAnyOrder(TRACEPARENT, "none");
    }

    @Test
    void handlersRunInTheTraceOfTheirEventAndSoDoesWhatTheyPublish() throws Exception {
        BlockingQueue<SpanContext> blocking = new LinkedBlockingQueue<>();
        BlockingQueue<SpanContext> async = new LinkedBlockingQueue<>();
        try (EventBus bus = connect()) {
            bus.subscribe("audit.user", event -> {
                bus.publish("status_change", Map.of("because", event.id()), Map.of())
                        .get();
                blocking.add(Span.current().getSpanContext());
            });
            bus.subscribeAsync("audit.user", SubscribeOptions.DEFAULTS.inGroup("async"), event -> {
                async.add(Span.current().getSpanContext());
                return bus.publish("status_change", Map.of("because", event.id()), Map.of());
            });
            ProducerRecord<byte[], byte[]> record = LaneRecords.of("e-1", "user.login", Priority.P1, "u");
            record.headers().add("traceparent", TRACEPARENT.getBytes(UTF_8));

            kafka.write(List.of(record));

            for (BlockingQueue<SpanContext> seen : List.of(blocking, async)) {
                SpanContext context = seen.poll(30, TimeUnit.SECONDS);
                assertThat(context).isNotNull();
                assertThat(context.getTraceId()).isEqualTo(TRACE);
                assertThat(context.getSpanId()).isEqualTo(SPAN);
                assertThat(context.isRemote()).isTrue();
                assertThat(context.isSampled()).isTrue();
            }
        }

        assertThat(kafka.records("events.status").stream().map(TraceIT::traceparent))
                .containsExactly(TRACEPARENT, TRACEPARENT);
    }

    @Test
    void withoutOpenTelemetryTheBusWorksAndEventsCarryNoTrace() throws Exception {
        ProducerRecord<byte[], byte[]> record = LaneRecords.of("e-1", "user.login", Priority.P1, "u");
        record.headers().add("traceparent", TRACEPARENT.getBytes(UTF_8));
        kafka.write(List.of(record));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry"))
                .collect(Collectors.joining(File.pathSeparator));

        try (JavaProcess process = JavaProcess.start(
                List.of("-cp", classPath),
                UntracedProcess.class.getName(),
                List.of(kafka.kafka().bootstrapServers()),
                Map.of())) {
            process.awaitLine(Pattern.compile("handled e-1 of " + TRACEPARENT), SOON);
            assertThat(process.exitCode(SOON)).isZero();
        }

        assertThat(kafka.records("events.status").stream().map(TraceIT::traceparent))
                .containsExactly("none");
    }

    private EventBus connect() {
        return EventBus.connect(EventBusSettings.of(kafka.kafka().bootstrapServers(), "tests"));
    }

    private static String traceparent(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("traceparent");
        return header == null ? "none" : new String(header.value(), UTF_8);
    }
}
