package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.NamePattern;
import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.Value;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By what an event is found: its name and its type, and everything above them. */
final class EventNames {

    private EventNames() {}

    /** {@return the field {@code names}: for {@code audit.user.login} that, {@code audit.user} and {@code audit}} */
    static Value tokens(String name, String type) {
        Set<String> tokens = new LinkedHashSet<>();
        for (String text : new String[] {name, type}) {
            for (int end = text.length(); end > 0; end = text.lastIndexOf('.', end - 1)) {
                tokens.add(text.substring(0, end));
            }
        }
        ArrayValue.Builder array = ArrayValue.newBuilder();
        tokens.forEach(token -> array.addValues(Values.text(token)));
        return Value.newBuilder().setArrayValue(array).build();
    }

    /**
     * {@return what every event that the pattern matches has among its {@code names}: the segments before the first with a
     * star; null: nothing is sure}
     */
    static @Nullable String sureToken(NamePattern pattern) {
        String text = pattern.toString();
        int star = text.indexOf('*');
        if (star < 0) {
            return text;
        }
        int dot = text.lastIndexOf('.', star);
        return dot < 0 ? null : text.substring(0, dot);
    }
}
