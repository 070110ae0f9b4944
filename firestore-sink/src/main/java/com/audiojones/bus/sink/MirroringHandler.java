package com.audiojones.bus.sink;

import com.audiojones.bus.consume.BatchHandler;
import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StoreWrite;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes a batch to the store in one go, and what is unusable to quarantine. A batch that fails in the middle is done
 * again whole, which changes nothing in the store and repeats quarantine records, whose documents have one id each.
 */
final class MirroringHandler implements BatchHandler {

    private final EventStore store;
    private final Producer<byte[], byte[]> producer;
    private final SinkMeters meters;

    MirroringHandler(EventStore store, Producer<byte[], byte[]> producer, SinkMeters meters) {
        this.store = store;
        this.producer = producer;
        this.meters = meters;
    }

    @Override
    public void settle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        Timer.Sample begun = meters.begin(batch);
        boolean settled = false;
        try {
            List<Mapping> mappings = mirror(batch);
            settled = true;
            meters.settled(begun, mappings);
        } finally {
            if (!settled) {
                meters.failed();
            }
        }
    }

    private List<Mapping> mirror(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        List<Mapping> mappings = new ArrayList<>(batch.count());
        List<StoreWrite> writes = new ArrayList<>(batch.count());
        Map<StoreWrite, ConsumerRecord<byte[], byte[]>> origins = new IdentityHashMap<>();
        PendingAcks acks = new PendingAcks();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            Mapping mapping = DocumentMapper.map(record);
            mappings.add(mapping);
            switch (mapping) {
                case Mapping.Document document -> {
                    writes.add(document.write());
                    origins.put(document.write(), record);
                }
                case Mapping.Unusable unusable -> acks.add(quarantine(record, unusable.reason()));
                case Mapping.Nothing _ -> {}
            }
        }
        for (RefusedWrite refused : store.write(writes)) {
            ConsumerRecord<byte[], byte[]> record = Objects.requireNonNull(origins.get(refused.write()));
            if (refused.write() instanceof StoreWrite.QuarantineWrite) {
                throw new IllegalStateException("the store refuses the document of " + record.topic() + "-"
                        + record.partition() + " at " + record.offset() + ": " + refused.reason());
            }
            acks.add(quarantine(record, "the store refuses its document: " + refused.reason()));
        }
        acks.await();
        return mappings;
    }

    private Future<RecordMetadata> quarantine(ConsumerRecord<byte[], byte[]> record, String reason) {
        return producer.send(QuarantineRecord.of(record, DocumentMapper.STAGE, reason));
    }
}
