package com.audiojones.bus.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final Secret KEY = new Secret("an-admin-key-of-32-characters-00");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aSessionLastsForTwelveHours() {
        String token = at(NOW, KEY).begin();

        assertThat(at(NOW, KEY).end(token)).contains(NOW.plus(Duration.ofHours(12)));
        assertThat(at(NOW.plus(Duration.ofHours(12)).minusSeconds(1), KEY).end(token))
                .isPresent();
        assertThat(at(NOW.plus(Duration.ofHours(12)), KEY).end(token)).isEmpty();
    }

    @Test
    void anotherProcessWithTheSameAdminKeyKnowsIt() {
        assertThat(at(NOW, new Secret(KEY.reveal())).end(at(NOW, KEY).begin())).isPresent();
    }

    @Test
    void itEndsWhenTheAdminKeyIsReplaced() {
        assertThat(at(NOW, new Secret("another-key-of-the-same-length-0"))
                        .end(at(NOW, KEY).begin()))
                .isEmpty();
    }

    @Test
    void noLaterEndFitsTheSignature() {
        String token = at(NOW, KEY).begin();
        String later = NOW.plus(Duration.ofDays(365)).getEpochSecond() + token.substring(token.indexOf('.'));

        assertThat(at(NOW, KEY).end(later)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1795834633",
                "1795834633.",
                "9999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoTokenIsNoSession(String text) {
        assertThat(at(NOW, KEY).end(text)).isEmpty();
    }

    private static Sessions at(Instant now, Secret key) {
        return new Sessions(key, Clock.fixed(now, ZoneOffset.UTC));
    }
}
