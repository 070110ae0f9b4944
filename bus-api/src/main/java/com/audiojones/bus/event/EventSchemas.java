package com.audiojones.bus.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published JSON Schemas (draft 2020-12) of everything that publishers write and receivers get. */
public final class EventSchemas {

    private EventSchemas() {}

    /** {@return the schema of audit events, as published to {@code audit.*}} */
    public static String auditEvent() {
        return resource("audit-event.schema.json");
    }

    /** {@return the schema of AJ events, as published to {@code events.*}} */
    public static String ajEvent() {
        return resource("aj-event.schema.json");
    }

    /** {@return the schema of the body that webhook receivers get} */
    public static String deliveryBody() {
        return resource("delivery-body.schema.json");
    }

    private static String resource(String name) {
        try (InputStream in = EventSchemas.class.getResourceAsStream("/com/audiojones/bus/schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("schema " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("schema " + name + " cannot be read", e);
        }
    }
}
