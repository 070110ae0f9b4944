package com.audiojones.bus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "audit.user,          audit.user,               true",
        "audit.user,          audit.user.login,         true",
        "audit.user,          audit.username,           false",
        "audit.user,          audit,                    false",
        "audit.user.*,        audit.user,               false",
        "audit.user.*,        audit.user.login,         true",
        "audit.user.*,        audit.user.action.task,   true",
        "audit.*.login,       audit.user.login,         true",
        "audit.*.login,       audit.user.x.login,       false",
        "audit.*.login,       audit.user.login.extra,   false",
        "*,                   audit.user.login,         true",
        "*,                   status_change,            true",
        "status_*,            status_change,            true",
        "status_*,            status_,                  true",
        "status_*,            status_change.detail,     false",
        "status_*,            my_status_change,         false",
        "*_resolved,          incident_resolved,        true",
        "in*t_*ed,            incident_created,         true",
        "audit.u*r.log*,      audit.user.logout,        true",
        "audit.u*r.log*,      audit.user.logout.all,    false",
        "a**b,                axxb,                     true",
        "*.*,                 one,                      false",
        "*.*,                 one.two.three,            true"
    })
    void matches(String pattern, String name, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a,b", "ä", "a/b", "(a|b)"})
    void whatIsNoPatternIsRefusedWithTheReason(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.of(text))
                .withMessage("pattern: expected segments of letters, digits, _, - and * separated by dots, got '" + text
                        + "'");
    }

    @Test
    void manyStarsDoNotMakeItSlow() {
        NamePattern pattern = NamePattern.of("*a".repeat(100) + "b");

        assertThat(pattern.matches("a".repeat(200))).isFalse();
    }
}
