package com.audiojones.bus.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNameTest {

    @ParameterizedTest
    @CsvSource({
        "audit.user,   user.action.task.created, audit.user.action.task.created",
        "audit.system, foo.bar,                  audit.system.foo.bar",
        "audit.user,   user,                     audit.user",
        "audit.user,   username.changed,         audit.user.username.changed",
        "audit.user,   login,                    audit.user.login"
    })
    void anAuditNameIsTopicAndTypeInOne(String topic, String type, String name) {
        assertThat(EventName.of(EventFamily.AUDIT, topic, type)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"events.status, status_change", "events.system, anything.goes"})
    void anAjNameIsItsType(String topic, String type) {
        assertThat(EventName.of(EventFamily.AJ, topic, type)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "status_change",
                "A-1.b_2.c",
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "a b",
                "a/b",
                "\u00e9",
                "a:b",
                "a\n"
            })
    void aTypeIsWhatItsSyntaxSays(String type) {
        assertThat(EventName.isValidType(type)).isEqualTo(type.matches(EventName.TYPE_SYNTAX));
        assertThat(EventName.isValidType("x".repeat(EventName.MAX_TYPE_LENGTH - type.length()) + type))
                .isEqualTo(("x" + type).matches(EventName.TYPE_SYNTAX));
        assertThat(EventName.isValidType("x".repeat(EventName.MAX_TYPE_LENGTH) + type))
                .isEqualTo(type.isEmpty());
    }
}
