package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records and positions in one transaction. The group's metadata fence it: a member that was replaced cannot
 * commit. After a failure nobody knows whether the transaction ended; the committed positions tell. One thread.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> config;
    private @Nullable Producer<byte[], byte[]> producer;

    /** One commit: all of it or nothing. */
    record Commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> positions,
            ConsumerGroupMetadata group) {}

    Transactions(Map<String, Object> producerConfig) {
        this.config = new HashMap<>(producerConfig);
        config.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.get(ProducerConfig.CLIENT_ID_CONFIG) + "-" + UUID.randomUUID());
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * TIMEOUT_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    /** @throws KafkaException if it may not have been committed */
    void run(Commit commit) {
        Producer<byte[], byte[]> open = open();
        try {
            open.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : commit.records()) {
                // A record that fails makes the commit fail.
                var _ = open.send(record);
            }
            open.sendOffsetsToTransaction(commit.positions(), commit.group());
            open.commitTransaction();
        } catch (KafkaException e) {
            abort(open);
            throw e;
        }
    }

    /** One that cannot be aborted is left to the broker, which ends it after its timeout or when the id is used again. */
    private void abort(Producer<byte[], byte[]> open) {
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("{}: cannot be aborted: {}", config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG), e.toString());
            close();
        }
    }

    void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(config);
            try {
                open.initTransactions();
            } catch (KafkaException e) {
                open.close(Duration.ZERO);
                throw e;
            }
            producer = open;
            LOG.debug("{}: opened", config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
        }
        return open;
    }
}
