package com.audiojones.bus.router;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Kinds of audit records that are no events, each with what its makers got wrong chosen by a random number. */
public record Malformed(String name, Function<Random, byte[]> make) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** The largest value that the broker takes beside the record's other parts. */
    private static final int LARGEST = MEBIBYTE - 1024;

    private static final List<String> REQUIRED = List.of("type", "actor", "actorType", "data");

    /** Every kind; the order is part of what a seed means. */
    public static List<Malformed> kinds() {
        List<Malformed> kinds = new ArrayList<>();
        values(kinds);
        syntax(kinds);
        bytes(kinds);
        return kinds;
    }

    private static void values(List<Malformed> kinds) {
        for (String field : REQUIRED) {
            kinds.add(text("without " + field, random -> event(random, field, null)));
        }
        for (String field : List.of("type", "actor", "actorType")) {
            kinds.add(text(field + " is a number", random -> event(random, field, number(random))));
            kinds.add(text(field + " is null", random -> event(random, field, "null")));
        }
        kinds.add(text("actor is empty", random -> event(random, "actor", "\"\"")));
        kinds.add(text("actorType is another", random -> event(random, "actorType", quoted("robot" + number(random)))));
        kinds.add(text("type with a space", random -> event(random, "type", quoted("a b" + number(random)))));
        kinds.add(text("type with an empty segment", random -> event(random, "type", quoted("a..b" + number(random)))));
        kinds.add(text(
                "type is too long", random -> event(random, "type", quoted("t".repeat(201 + random.nextInt(99))))));
        kinds.add(text("id with a line break", random -> event(random, "id", quoted("a\\n" + number(random)))));
        kinds.add(text("id is too long", random -> event(random, "id", quoted("i".repeat(129 + random.nextInt(99))))));
        kinds.add(text("id is an object", random -> event(random, "id", "{}")));
        kinds.add(text(
                "priority is another", random -> event(random, "priority", quoted("P" + (4 + random.nextInt(6))))));
        kinds.add(text("priority is a number", random -> event(random, "priority", number(random))));
        kinds.add(text("ttl is negative", random -> event(random, "ttl", "-" + number(random))));
        kinds.add(text("ttl is broken", random -> event(random, "ttl", "1." + number(random))));
        kinds.add(text("ttl is far too long", random -> event(random, "ttl", "9".repeat(10 + random.nextInt(300)))));
        kinds.add(text("timestamp is no time", random -> event(random, "timestamp", quoted("soon" + number(random)))));
        kinds.add(text("timestamp without zone", random -> event(random, "timestamp", quoted("2026-01-01T00:00:00"))));
        kinds.add(text("timestamp is a number", random -> event(random, "timestamp", number(random))));
        kinds.add(text("blueprintId is a list", random -> event(random, "blueprintId", "[]")));
    }

    private static void syntax(List<Malformed> kinds) {
        kinds.add(text("nothing", random -> ""));
        kinds.add(text("white space", random -> " ".repeat(1 + random.nextInt(50))));
        kinds.add(text("a word", random -> "nonsense" + number(random)));
        kinds.add(text("a list", random -> "[" + event(random, "", null) + "]"));
        kinds.add(text("a number", Malformed::number));
        kinds.add(text("cut off", random -> {
            String whole = event(random, "", null);
            return whole.substring(0, 1 + random.nextInt(whole.length() - 1));
        }));
        kinds.add(text("two objects", random -> event(random, "", null) + event(random, "", null)));
        kinds.add(text("a field twice", random -> event(random, "", null).replaceFirst("\\{", "{\"actor\":\"x\",")));
        kinds.add(text("a comment", random -> "/* " + number(random) + " */" + event(random, "", null)));
        kinds.add(text("single quotes", random -> event(random, "", null).replace('"', '\'')));
        kinds.add(text("not a number", random -> event(random, "data", "NaN")));
        kinds.add(text("a comma too many", random -> event(random, "data", "[1,]")));
        kinds.add(text("far too deep", random -> {
            int depth = 501 + random.nextInt(5_000);
            return event(random, "data", "[".repeat(depth) + "]".repeat(depth));
        }));
        kinds.add(text("a control character", random -> event(random, "actor", "\"a\u0001" + number(random) + "\"")));
        kinds.add(text("an escape that is none", random -> event(random, "actor", "\"a\\q\"")));
        kinds.add(text(
                "a number of a thousand digits and a letter",
                random -> event(random, "data", "1".repeat(1_000) + "x")));
    }

    private static void bytes(List<Malformed> kinds) {
        kinds.add(new Malformed("UTF-16", random -> event(random, "", null).getBytes(StandardCharsets.UTF_16)));
        kinds.add(new Malformed("UTF-32", random -> event(random, "", null).getBytes(Charset.forName("UTF-32"))));
        kinds.add(new Malformed("a NUL byte", random -> with(random, (byte) 0)));
        kinds.add(new Malformed("half of a character", random -> with(random, (byte) 0xC3)));
        kinds.add(new Malformed("random bytes", random -> {
            byte[] bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xFF;
            return bytes;
        }));
        kinds.add(new Malformed("larger than an event", random -> event(
                        random, "data", quoted("x".repeat(257 * 1024 + random.nextInt(1_000))))
                .getBytes(StandardCharsets.UTF_8)));
        kinds.add(new Malformed("as large as the broker takes", random -> {
            byte[] bytes = new byte[LARGEST];
            Arrays.fill(bytes, (byte) '[');
            return bytes;
        }));
    }

    /** An event with one field set to other JSON; null: left out. */
    static String event(Random random, String field, String json) {
        StringBuilder event = new StringBuilder("{");
        List<String> names = new ArrayList<>(REQUIRED);
        if (!field.isEmpty() && !REQUIRED.contains(field)) {
            names.add(field);
        }
        for (String name : names) {
            String value = name.equals(field) ? json : whole(random, name);
            if (value != null) {
                event.append(event.length() == 1 ? "" : ",")
                        .append(quoted(name))
                        .append(':')
                        .append(value);
            }
        }
        return event.append('}').toString();
    }

    private static String whole(Random random, String name) {
        return switch (name) {
            case "type" -> quoted("user.t" + random.nextInt(100));
            case "actor" -> quoted("actor-" + random.nextInt(1_000));
            case "actorType" -> quoted("user");
            default -> "{\"n\":" + number(random) + "}";
        };
    }

    private static byte[] with(Random random, byte wrong) {
        byte[] bytes = event(random, "", null).getBytes(StandardCharsets.UTF_8);
        bytes[1 + random.nextInt(bytes.length - 2)] = wrong;
        return bytes;
    }

    private static String number(Random random) {
        return Integer.toString(1 + random.nextInt(1_000_000));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static Malformed text(String name, Function<Random, String> make) {
        return new Malformed(name, random -> make.apply(random).getBytes(StandardCharsets.UTF_8));
    }
}
