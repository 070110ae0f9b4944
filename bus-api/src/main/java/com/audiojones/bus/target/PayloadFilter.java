package com.audiojones.bus.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which bodies a target wants, as conditions over the JSON that is delivered. A small part of MongoDB's query language:
 *
 * <ul>
 *   <li>{@code {"payload.amount": 5}}: the value at a path is equal; several members must all hold. Paths start at the
 *       body's root, have dots between names, and name the elements of an array by number: {@code payload.items.0.sku}.
 *   <li>{@code $eq}, {@code $ne}, {@code $in}, {@code $nin}: equal or not to a value, or to one of a list. Values are
 *       text, numbers, true, false and null. Numbers are compared as decimals: 1 is equal to 1.0.
 *   <li>{@code $gt}, {@code $gte}, {@code $lt}, {@code $lte}: order of numbers, or of text by character code. A number
 *       and a text have no order.
 *   <li>{@code $exists}: whether there is a value, null included.
 *   <li>{@code $and}, {@code $or}: lists of filters; {@code $not}: one filter, or operators on a path.
 * </ul>
 *
 * <p>A path without a value is equal to null and to nothing else. An object or array is equal to nothing. Immutable and
 * safe for use by many threads.
 */
public final class PayloadFilter {

    /** The deepest nesting of {@code $and}, {@code $or} and {@code $not}, the filter itself counted. */
    public static final int MAX_DEPTH = 5;

    /** The most conditions; each value of a list counts as one. */
    public static final int MAX_CONDITIONS = 50;

    /** The most characters of a value. */
    public static final int MAX_TEXT = 500;

    private final JsonNode json;
    private final FilterCondition condition;
    private final FilterPaths paths;

    private PayloadFilter(JsonNode json, FilterCondition condition, FilterPaths paths) {
        this.json = json;
        this.condition = condition;
        this.paths = paths;
    }

    /**
     * {@return a filter}
     *
     * @param json the filter as a person wrote it; not kept
     * @throws IllegalArgumentException if it is none; the message names the place, what is expected there and what was
     *     found
     */
    public static PayloadFilter of(JsonNode json) {
        FilterParser parser = new FilterParser();
        FilterCondition condition = parser.filter("filter", json, 1);
        return new PayloadFilter(FilterValues.canonical(json), condition, FilterPaths.of(parser.paths()));
    }

    /**
     * {@return whether a body meets the conditions; false for bytes that are not one JSON document}
     *
     * @param body the body that would be delivered
     */
    public boolean matches(byte[] body) {
        Map<List<String>, JsonNode> values = paths.read(body);
        return values != null && condition.holds(values);
    }

    /** {@return the filter as JSON, members in alphabetical order} */
    public JsonNode toJson() {
        return json.deepCopy();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PayloadFilter that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
