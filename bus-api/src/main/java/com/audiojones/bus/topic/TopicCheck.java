package com.audiojones.bus.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/** Compares a topic that is there with the catalogue. Stateless. */
final class TopicCheck {

    private static final List<String> MUST_BE_EQUAL = List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            TopicConfig.COMPRESSION_TYPE_CONFIG);

    private TopicCheck() {}

    /** {@return a sentence for each setting that breaks the catalogue} */
    static List<String> problems(TopicSpec spec, Config actual) {
        List<String> problems = new ArrayList<>();
        Map<String, String> expected = spec.brokerConfig();
        for (String key : MUST_BE_EQUAL) {
            String value = actual.get(key).value();
            String wanted = Objects.requireNonNull(expected.get(key));
            if (!value.equals(wanted)) {
                problems.add(problem(spec, key, wanted, value));
            }
        }
        String maxBytes = actual.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
        if (Integer.parseInt(maxBytes) < spec.maxMessageBytes()) {
            problems.add(problem(
                    spec, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "at least " + spec.maxMessageBytes(), maxBytes));
        }
        return problems;
    }

    private static String problem(TopicSpec spec, String key, String expected, String actual) {
        return "topic " + spec.name() + ": " + key + ": expected " + expected + ", got " + actual
                + " (change it with kafka-configs --alter, or delete the topic if it may be made anew)";
    }
}
