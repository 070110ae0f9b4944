package com.audiojones.bus.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events and what is none, made by seed, and an account of them. */
final class Published {

    /** Topic, type, name and rate of each kind. */
    private static final List<Kind> KINDS = List.of(
            new Kind("audit.data", "query.slow", "audit.data.query.slow", 0.1),
            new Kind("audit.performance", "trace", "audit.performance.trace", 0.05),
            new Kind("audit.user", "login", "audit.user.login", 1),
            new Kind("audit.security", "breach", "audit.security.breach", 1),
            new Kind("audit.compliance", "check", "audit.compliance.check", 1),
            new Kind("audit.data", "export", "audit.data.export", 1));

    private static final int ONE_IN = 50;

    private final Random random;
    private final Map<String, Long> byName = new HashMap<>();
    private long total;
    private long malformed;

    record Kind(String topic, String type, String name, double rate) {}

    Published(long seed) {
        this.random = new Random(seed);
    }

    static List<Kind> kinds() {
        return KINDS;
    }

    List<ProducerRecord<byte[], byte[]>> next(int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            boolean broken = random.nextInt(ONE_IN) == 0;
            String id = "e-" + total++;
            String json = "{\"id\":\"" + id + "\",\"type\":\"" + kind.type()
                    + "\",\"actor\":\"u\",\"actorType\":\"user\",\"priority\":\"P1\",\"data\":" + i
                    + (broken ? "" : "}");
            if (broken) {
                malformed++;
            } else {
                byName.merge(kind.name(), 1L, Long::sum);
            }
            records.add(new ProducerRecord<>(kind.topic(), null, json.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    long total() {
        return total;
    }

    long malformed() {
        return malformed;
    }

    long of(String name) {
        return byName.getOrDefault(name, 0L);
    }

    /** Whether the id is of those kept, as the documentation says it. */
    static boolean isKept(String id, double rate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            double fraction = (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
            return fraction < rate;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
