package com.audiojones.bus.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/** A condition over the values that were found in a body, by path. Immutable. */
sealed interface FilterCondition {

    /** Whether it holds; a path that is not among {@code values} has no value. */
    boolean holds(Map<List<String>, JsonNode> values);

    /** Every one holds. */
    record All(List<FilterCondition> conditions) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            return conditions.stream().allMatch(condition -> condition.holds(values));
        }
    }

    /** At least one holds. */
    record Any(List<FilterCondition> conditions) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            return conditions.stream().anyMatch(condition -> condition.holds(values));
        }
    }

    /** It does not hold. */
    record Not(FilterCondition condition) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            return !condition.holds(values);
        }
    }

    /** The value is equal to one of some. */
    record OneOf(List<String> path, List<JsonNode> wanted) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            JsonNode value = value(path, values);
            return wanted.stream().anyMatch(one -> FilterValues.equal(value, one));
        }
    }

    /** The value stands in an order to a limit. */
    record Ordered(List<String> path, Order order, JsonNode limit) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            JsonNode value = value(path, values);
            return FilterValues.haveOrder(value, limit) && order.allows(FilterValues.compare(value, limit));
        }
    }

    /** There is a value, or there is none. */
    record Exists(List<String> path, boolean expected) implements FilterCondition {
        @Override
        public boolean holds(Map<List<String>, JsonNode> values) {
            return values.containsKey(path) == expected;
        }
    }

    /** The orders there are. */
    enum Order {
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL;

        boolean allows(int comparison) {
            return switch (this) {
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
            };
        }
    }

    private static JsonNode value(List<String> path, Map<List<String>, JsonNode> values) {
        return values.getOrDefault(path, MissingNode.getInstance());
    }
}
