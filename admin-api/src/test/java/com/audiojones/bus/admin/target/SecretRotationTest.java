package com.audiojones.bus.admin.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRotationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Secrets are written with the seconds they are still valid for. */
    @ParameterizedTest(name = "{3}")
    @CsvSource({
        "a,  a,  '',                 '',               nothing changes without a new secret",
        "a,  b,  '',                 a:100,            the replaced one goes on signing",
        "b,  c,  a:40,               b:100 a:40,       newest first",
        "b,  c,  a:0,                b:100,            what is no longer valid is dropped",
        "b,  b,  a:0,                '',               also where the secret stays",
        "b,  b,  a:1,                a:1,              and kept where it is valid",
        "d,  e,  c:90 b:80 a:70,     d:100 c:90 b:80,  three are kept",
        "b,  a,  a:40,               b:100,            a secret that comes back signs once",
        "b,  c,  b:40 a:30,          b:100 a:30,       and the longest",
        "'', a,  '',                 '',               the shared secret is not kept",
        "a,  '', '',                 a:100,            the shared secret replaces one"
    })
    void thePreviousSecretsAfterAChange(String before, String after, String had, String has, String rule) {
        List<PreviousSecret> previous =
                SecretRotation.previous(target(before, had), target(after, had), NOW, Duration.ofSeconds(100));

        assertThat(previous.stream()
                        .map(one -> one.secret().reveal() + ":"
                                + Duration.between(NOW, one.validUntil()).toSeconds())
                        .collect(Collectors.joining(" ")))
                .as(rule)
                .isEqualTo(has);
    }

    private static Target target(String secret, String previous) {
        List<PreviousSecret> secrets = Arrays.stream(previous.split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split(":"))
                .map(one -> new PreviousSecret(new Secret(one[0]), NOW.plusSeconds(Long.parseLong(one[1]))))
                .toList();
        return new Target(
                "t",
                "https://example.com/",
                secret.isEmpty() ? null : new Secret(secret),
                true,
                List.of(),
                "",
                NOW,
                NOW,
                1,
                false,
                null,
                TargetOptions.NONE.withPreviousSecrets(secrets));
    }
}
