package com.audiojones.bus.signature;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a received request, by name in any case. Immutable as long as the map is. */
record RequestHeaders(Map<String, List<String>> all) {

    /** Every value of a header; empty if the request does not have it. */
    List<String> values(String name) {
        return all.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    /** The first value of a header; null if the request does not have it. */
    @Nullable
    String first(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.get(0);
    }
}
