package com.audiojones.bus.sink;

import com.audiojones.bus.consume.BatchHandler;
import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoreWrite;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;

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
        Timer.Sample begun = meters.begin();
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
        PendingAcks acks = new PendingAcks();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            Mapping mapping = DocumentMapper.map(record);
            mappings.add(mapping);
            switch (mapping) {
                case Mapping.Document document -> writes.add(document.write());
                case Mapping.Unusable unusable ->
                    acks.add(producer.send(QuarantineRecord.of(record, DocumentMapper.STAGE, unusable.reason())));
                case Mapping.Nothing _ -> {}
            }
        }
        store.write(writes);
        acks.await();
        return mappings;
    }
}
