package com.audiojones.bus.router.status;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Records of one class as the bus's JSON; null stays null. */
final class JsonSerde<T> implements Serde<T> {

    private final Class<T> type;

    JsonSerde(Class<T> type) {
        this.type = type;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : RecordJson.write(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, value) -> value == null ? null : read(topic, value);
    }

    private @Nullable T read(String topic, byte[] value) {
        try {
            return RecordJson.read("record of " + topic, value, type);
        } catch (InvalidRecordException e) {
            throw new SerializationException(e.getMessage(), e);
        }
    }
}
