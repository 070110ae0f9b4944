package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks at refusals as a client sees them. */
final class Problems {

    /** A target's secret that no answer may repeat. */
    static final String SECRET = "a-secret-that-must-not-be-echoed";

    private Problems() {}

    /** One sentence under the right status, and nothing of the inside. */
    static void assertProblem(int status, String title, AdminApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.json().path("type").textValue()).isEqualTo("about:blank");
        assertThat(answer.json().path("title").textValue()).isEqualTo(title);
        assertThat(answer.json().path("status").intValue()).isEqualTo(status);
        assertThat(answer.json().path("detail").textValue())
                .hasSizeBetween(10, 300)
                .matches("\\S+: \\S+( \\S+)+");
        assertThat(answer.text())
                .doesNotContainIgnoringCase("exception")
                .doesNotContainPattern("\\bat (com|java|io)\\.")
                .doesNotContain("com.audiojones", "jackson", ".java:", AdminApi.KEY, SECRET, AdminApi.SHARED.reveal());
    }
}
