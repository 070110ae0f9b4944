package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, and what a session may do; which headers pages carry. */
class DashboardTest {

    private static final String PAGE = "/portal/admin/events";
    private static final String SESSION = PAGE + "/session";
    private static final String STATS = AdminApi.BASE + "/stats";

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withoutSharedSecret();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, PAGE + "/", PAGE + "/timeline", PAGE + "/targets?type=a"})
    void everyScreenIsThePage(String path) {
        AdminApi.Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/html");
        assertThat(answer.text())
                .contains("<div id=\"app\">")
                .doesNotContain("<style")
                .doesNotContain(" style=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PAGE, PAGE + "/files/js/main.js", PAGE + "/files/js/preact.js", PAGE + "/files/css/theme.css"})
    void whatIsServedRunsNoScriptOfOthersAndIsFramedByNobody(String path) {
        AdminApi.Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
    }

    @Test
    void whatABrowserHasAlreadyIsNotSentAgain() {
        String tag = get(PAGE).header("etag");

        AdminApi.Answer answer = api.send(to(PAGE).header("If-None-Match", tag).GET());

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/js/none.js",
                "/files/js/../../db/migration/V1__collections.sql",
                "/files/%2e%2e/logback.xml",
                "/files/js",
                "/files/index.html.class"
            })
    void nothingElseOfTheClassPathIsServed(String path) {
        assertThat(get(PAGE + path).status()).isIn(400, 404);
    }

    @Test
    void theAdminKeyBeginsASession() {
        AdminApi.Answer answer = signIn(AdminApi.KEY);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("set-cookie"))
                .matches("ajbus-session=[0-9]+\\.[\\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
        assertThat(get(STATS, cookie(answer)).status()).isEqualTo(200);
        assertThat(get(SESSION, cookie(answer)).text()).isEqualTo("{\"endsAt\":\"2026-03-02T00:00:00.000Z\"}");
    }

    @Test
    void behindATlsProxyTheCookieIsForTlsOnly() {
        AdminApi.Answer answer =
                api.send(signingIn(AdminApi.KEY).header("ajbus-dashboard", "1").header("X-Forwarded-Proto", "https"));

        assertThat(answer.header("set-cookie")).endsWith("; Secure");
    }

    @Test
    void aSessionEndsInTime() {
        String cookie = cookie(signIn(AdminApi.KEY));

        api.clock.advance(Duration.ofHours(12));

        assertThat(get(STATS, cookie).status()).isEqualTo(401);
        assertThat(get(SESSION, cookie).text()).isEqualTo("{\"endsAt\":null}");
    }

    @Test
    void aSessionOutlivesARestart() {
        String cookie = cookie(signIn(AdminApi.KEY));

        api.service.close();
        api.service.start();

        assertThat(get(STATS, cookie).status()).isEqualTo(200);
    }

    @Test
    void signingOutTakesTheCookieBack() {
        AdminApi.Answer answer =
                api.send(to(SESSION).header("ajbus-dashboard", "1").DELETE());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("set-cookie"))
                .isEqualTo("ajbus-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    @Test
    void aWrongKeyIsRefusedAndAfterSomeTheRightOneHasToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("wrong").status()).isEqualTo(401);
        }

        AdminApi.Answer answer = signIn(AdminApi.KEY);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.header("set-cookie")).isEmpty();
        api.clock.advance(Duration.ofSeconds(2));
        assertThat(signIn(AdminApi.KEY).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"key\":null}", "{\"key\":[\"an-admin-key-of-32-characters-00\"]}"})
    void whatIsNoKeyIsRefused(String body) {
        AdminApi.Answer answer =
                api.send(to(SESSION).header("ajbus-dashboard", "1").POST(BodyPublishers.ofString(body)));

        assertThat(answer.status()).isEqualTo(401);
    }

    /** A page of another site can make a browser send a form, but not this header. */
    @Test
    void aChangeWithASessionMustComeFromOurPage() {
        String cookie = cookie(signIn(AdminApi.KEY));
        HttpRequest.Builder forged = to(AdminApi.BASE + "/targets")
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString("{\"url\":\"https://example.com\"}"));

        assertThat(api.send(forged.copy()).status()).isEqualTo(403);
        assertThat(api.store.targets.all()).isEmpty();
        assertThat(api.send(forged.copy().header("ajbus-dashboard", "1")).status())
                .isEqualTo(201);
        assertThat(api.send(signingIn(AdminApi.KEY)).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"'',401", "ajbus-session=,401", "ajbus-session=1.a,401", "other=1,401"})
    void withoutASessionAndWithoutTheKeyThereIsNothing(String cookie, int status) {
        assertThat(get(STATS, cookie).status()).isEqualTo(status);
    }

    @Test
    void aWrongKeyIsNotHealedByASession() {
        AdminApi.Answer answer = api.send(
                to(STATS).header("Cookie", cookie(signIn(AdminApi.KEY))).header("admin-key", "wrong"));

        assertThat(answer.status()).isEqualTo(401);
    }

    private AdminApi.Answer signIn(String key) {
        return api.send(signingIn(key).header("ajbus-dashboard", "1"));
    }

    private HttpRequest.Builder signingIn(String key) {
        return to(SESSION).POST(BodyPublishers.ofString("{\"key\":\"" + key + "\"}"));
    }

    private static String cookie(AdminApi.Answer signedIn) {
        String header = signedIn.header("set-cookie");
        return header.substring(0, header.indexOf(';'));
    }

    private AdminApi.Answer get(String path) {
        return api.send(to(path).GET());
    }

    private AdminApi.Answer get(String path, String cookie) {
        return api.send(to(path).header("Cookie", cookie).GET());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.service.port() + path))
                .timeout(Duration.ofSeconds(10));
    }
}
