package com.audiojones.bus.target;

import com.audiojones.bus.target.FilterCondition.All;
import com.audiojones.bus.target.FilterCondition.Any;
import com.audiojones.bus.target.FilterCondition.Exists;
import com.audiojones.bus.target.FilterCondition.Not;
import com.audiojones.bus.target.FilterCondition.OneOf;
import com.audiojones.bus.target.FilterCondition.Order;
import com.audiojones.bus.target.FilterCondition.Ordered;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the JSON of one filter into conditions, or names the place that is wrong. One thread, used once. */
final class FilterParser {

    private static final int MAX_PATH = 200;
    private static final int MAX_SEGMENTS = 20;

    /** The largest exponent of a number. */
    private static final int MAX_SCALE = 1000;

    private final Set<List<String>> paths = new HashSet<>();
    private int conditions;

    /** The paths of every condition that was parsed. */
    Set<List<String>> paths() {
        return Set.copyOf(paths);
    }

    FilterCondition filter(String where, JsonNode json, int depth) {
        if (!json.isObject() || json.isEmpty()) {
            throw refusal(where, "an object with at least one condition", json);
        }
        if (depth > PayloadFilter.MAX_DEPTH) {
            throw refusal(where, "at most " + PayloadFilter.MAX_DEPTH + " levels of $and, $or and $not", json);
        }
        List<FilterCondition> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            all.add(
                    name.startsWith("$")
                            ? logical(where, name, member.getValue(), depth)
                            : field(where, name, member.getValue(), depth));
        }
        return together(all);
    }

    private FilterCondition logical(String where, String operator, JsonNode json, int depth) {
        String here = where + "." + FieldReader.shown(operator);
        return switch (operator) {
            case "$and" -> new All(filters(here, json, depth));
            case "$or" -> new Any(filters(here, json, depth));
            case "$not" -> new Not(filter(here, json, depth + 1));
            default -> throw new IllegalArgumentException(here + ": expected a path, $and, $or or $not, got another");
        };
    }

    private List<FilterCondition> filters(String where, JsonNode json, int depth) {
        if (!json.isArray() || json.isEmpty()) {
            throw refusal(where, "a list of at least one filter", json);
        }
        List<FilterCondition> filters = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            filters.add(filter(where + "[" + i + "]", json.get(i), depth + 1));
        }
        return filters;
    }

    private FilterCondition field(String where, String name, JsonNode json, int depth) {
        String here = where + "." + FieldReader.shown(name);
        List<String> path = List.of(name.split("\\.", -1));
        if (name.length() > MAX_PATH || path.size() > MAX_SEGMENTS || path.contains("")) {
            throw new IllegalArgumentException(here + ": expected a path such as payload.amount, at most " + MAX_PATH
                    + " characters and " + MAX_SEGMENTS + " names, got another");
        }
        paths.add(path);
        return json.isObject() ? operators(here, path, json, depth) : equalTo(here, path, json);
    }

    private FilterCondition operators(String where, List<String> path, JsonNode json, int depth) {
        if (json.isEmpty()) {
            throw refusal(where, "at least one operator", json);
        }
        List<FilterCondition> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            all.add(operator(
                    where + "." + FieldReader.shown(member.getKey()), member.getKey(), path, member.getValue(), depth));
        }
        return together(all);
    }

    private FilterCondition operator(String where, String operator, List<String> path, JsonNode json, int depth) {
        return switch (operator) {
            case "$eq" -> equalTo(where, path, json);
            case "$ne" -> new Not(equalTo(where, path, json));
            case "$gt" -> ordered(where, path, Order.GREATER, json);
            case "$gte" -> ordered(where, path, Order.GREATER_OR_EQUAL, json);
            case "$lt" -> ordered(where, path, Order.LESS, json);
            case "$lte" -> ordered(where, path, Order.LESS_OR_EQUAL, json);
            case "$in" -> new OneOf(path, values(where, json));
            case "$nin" -> new Not(new OneOf(path, values(where, json)));
            case "$exists" -> exists(where, path, json);
            case "$not" -> not(where, path, json, depth + 1);
            default ->
                throw new IllegalArgumentException(where
                        + ": expected one of $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $not, got another");
        };
    }

    private FilterCondition not(String where, List<String> path, JsonNode json, int depth) {
        if (!json.isObject()) {
            throw refusal(where, "an object of operators", json);
        }
        if (depth > PayloadFilter.MAX_DEPTH) {
            throw refusal(where, "at most " + PayloadFilter.MAX_DEPTH + " levels of $and, $or and $not", json);
        }
        return new Not(operators(where, path, json, depth));
    }

    private FilterCondition equalTo(String where, List<String> path, JsonNode json) {
        return new OneOf(path, List.of(value(where, json)));
    }

    private FilterCondition ordered(String where, List<String> path, Order order, JsonNode json) {
        if (!json.isNumber() && !json.isTextual()) {
            throw refusal(where, "a number or text", json);
        }
        return new Ordered(path, order, value(where, json));
    }

    private FilterCondition exists(String where, List<String> path, JsonNode json) {
        if (!json.isBoolean()) {
            throw refusal(where, "true or false", json);
        }
        count(where);
        return new Exists(path, json.booleanValue());
    }

    private List<JsonNode> values(String where, JsonNode json) {
        if (!json.isArray() || json.isEmpty()) {
            throw refusal(where, "a list of at least one value", json);
        }
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            values.add(value(where + "[" + i + "]", json.get(i)));
        }
        return values;
    }

    private JsonNode value(String where, JsonNode json) {
        count(where);
        if (!json.isTextual() && !json.isBoolean() && !json.isNull() && !isNumber(json)) {
            throw refusal(where, "text, a number, true, false or null", json);
        }
        if (json.asText().length() > PayloadFilter.MAX_TEXT) {
            throw refusal(where, "at most " + PayloadFilter.MAX_TEXT + " characters", json);
        }
        return FilterValues.canonical(json);
    }

    private static boolean isNumber(JsonNode json) {
        boolean finite = !json.isDouble() && !json.isFloat() || Double.isFinite(json.doubleValue());
        return json.isNumber() && finite && Math.abs((long) json.decimalValue().scale()) <= MAX_SCALE;
    }

    private void count(String where) {
        conditions++;
        if (conditions > PayloadFilter.MAX_CONDITIONS) {
            throw new IllegalArgumentException(
                    where + ": expected at most " + PayloadFilter.MAX_CONDITIONS + " conditions in a filter, got more");
        }
    }

    private static FilterCondition together(List<FilterCondition> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new All(conditions);
    }

    private static IllegalArgumentException refusal(String where, String expected, JsonNode actual) {
        return new IllegalArgumentException(
                where + ": expected " + expected + ", got " + FieldReader.shown(actual.toString()));
    }
}
