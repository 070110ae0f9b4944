package com.audiojones.bus.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.TreeMap;

/** How values are compared and written. Stateless. */
final class FilterValues {

    private static final int LONG_DIGITS = 18;

    private FilterValues() {}

    /** Whether a value, which may be missing, is equal to a text, number, true, false or null. */
    static boolean equal(JsonNode value, JsonNode wanted) {
        if (value.isNumber() && wanted.isNumber()) {
            return compare(value, wanted) == 0;
        }
        return value.isMissingNode() ? wanted.isNull() : value.equals(wanted);
    }

    static boolean haveOrder(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber() || left.isTextual() && right.isTextual();
    }

    static int compare(JsonNode left, JsonNode right) {
        return left.isNumber()
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.textValue().compareTo(right.textValue());
    }

    /** One form for filters that differ only in what a store may change: the order of members and how numbers are kept. */
    static JsonNode canonical(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(canonical(element)));
            return array;
        }
        return node.isNumber() ? number(node.decimalValue().stripTrailingZeros()) : node;
    }

    private static JsonNode number(BigDecimal value) {
        boolean isLong = value.scale() <= 0 && (long) value.precision() - value.scale() <= LONG_DIGITS;
        return isLong ? LongNode.valueOf(value.longValueExact()) : DecimalNode.valueOf(value);
    }
}
