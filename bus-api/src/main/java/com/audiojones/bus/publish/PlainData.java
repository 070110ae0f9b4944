package com.audiojones.bus.publish;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data of which nothing but valid JSON can be written: maps with texts as keys, lists, texts, numbers, booleans. Whether
 * the router takes it is known before it is written, so nobody has to read it again. Stateless.
 */
final class PlainData {

    /** Far below what the router takes, as is all that is called plain. */
    private static final int MAX_DEPTH = 50;

    private static final int MAX_NAME_LENGTH = 1_000;

    private PlainData() {}

    static boolean isPlain(@Nullable Object data) {
        return isPlain(data, 0);
    }

    private static boolean isPlain(@Nullable Object data, int depth) {
        return switch (data) {
            case null -> true;
            case String _, Boolean _, Integer _, Long _ -> true;
            case Double number -> Double.isFinite(number);
            case Map<?, ?> members -> depth < MAX_DEPTH && arePlain(members, depth);
            case Collection<?> elements -> depth < MAX_DEPTH && arePlain(elements, depth);
            default -> false;
        };
    }

    private static boolean arePlain(Map<?, ?> members, int depth) {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String name)
                    || name.length() > MAX_NAME_LENGTH
                    || !isPlain(member.getValue(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean arePlain(Collection<?> elements, int depth) {
        for (Object element : elements) {
            if (!isPlain(element, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
