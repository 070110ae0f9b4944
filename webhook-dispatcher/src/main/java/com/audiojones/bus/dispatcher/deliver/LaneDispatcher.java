package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.BatchLoop;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.service.BusVersion;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Delivers one lane. Nothing in here is shared with another lane but the targets. */
public final class LaneDispatcher implements BusService {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final BatchLoop loop;
    private final HttpSender sender;
    private final Producer<byte[], byte[]> producer;

    /** Opens the lane's producer and connections; {@link #start()} begins to deliver. */
    public LaneDispatcher(
            Lane lane,
            LaneSettings settings,
            KafkaSettings kafka,
            TargetReader targets,
            MeterRegistry metrics,
            Clock clock) {
        String client = "ajbus-dispatcher-" + lane.label();
        this.sender = new HttpSender(settings.addresses().guard(), BusVersion.current(), settings.inFlight());
        this.producer = new KafkaProducer<>(kafka.producer(client));
        Attempt attempt = new Attempt(sender, settings.addresses(), settings.requestTimeout(), clock);
        this.loop = new BatchLoop(
                "dispatcher-" + lane.label(),
                kafka.consumer(client, client),
                List.of(lane.topic()),
                settings.batchRecords(),
                new DeliveringHandler(
                        targets, attempt, producer, new LaneMeters(metrics, lane), settings.inFlight(), clock));
    }

    @Override
    public String name() {
        return loop.name();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public List<String> notReady() {
        return loop.notReady();
    }

    @Override
    public void close() {
        loop.close();
        // The producer first: what the closing connections report is no outcome and must not be written as one.
        producer.close(CLOSE_TIMEOUT);
        sender.close();
    }
}
