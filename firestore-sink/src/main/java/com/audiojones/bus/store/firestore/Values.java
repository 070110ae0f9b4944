package com.audiojones.bus.store.firestore;

import com.audiojones.bus.time.IsoMillis;
import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one document, in Firestore's own form. Times are written as ISO-8601 texts in UTC with milliseconds, as
 * in the collections' contract; such texts sort by time. What is null is written as null.
 */
final class Values {

    private final Map<String, Value> fields = new LinkedHashMap<>();

    Values text(String name, @Nullable String text) {
        return value(name, text == null ? NULL : text(text));
    }

    Values time(String name, @Nullable Instant time) {
        return text(name, time == null ? null : IsoMillis.format(time));
    }

    Values number(String name, @Nullable Number number) {
        return value(
                name,
                number == null
                        ? NULL
                        : Value.newBuilder().setIntegerValue(number.longValue()).build());
    }

    Values decimal(String name, double number) {
        return value(name, Value.newBuilder().setDoubleValue(number).build());
    }

    Values flag(String name, boolean flag) {
        return value(name, Value.newBuilder().setBooleanValue(flag).build());
    }

    Values bytes(String name, byte @Nullable [] bytes) {
        return value(
                name,
                bytes == null
                        ? NULL
                        : Value.newBuilder()
                                .setBytesValue(ByteString.copyFrom(bytes))
                                .build());
    }

    /** A time of Firestore's own kind: time-to-live policies look at no other. */
    Values moment(String name, Instant time) {
        return value(
                name,
                Value.newBuilder()
                        .setTimestampValue(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))
                        .build());
    }

    Values value(String name, Value value) {
        fields.put(name, value);
        return this;
    }

    Map<String, Value> fields() {
        return fields;
    }

    static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
