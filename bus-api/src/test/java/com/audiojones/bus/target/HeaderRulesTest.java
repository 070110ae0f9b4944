package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    private static final String LONG_NAME = "n".repeat(101);
    private static final String LONG_VALUE = "v".repeat(1001);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-type",
                "CONTENT-LENGTH",
                "Transfer-Encoding",
                "Connection",
                "User-Agent",
                "Expect",
                "TE",
                "Trailer",
                "Upgrade",
                "Keep-Alive",
                "Proxy-Authorization",
                "webhook-id",
                "Webhook-Signature",
                "X-AJ-Signature",
                "x-aj-anything"
            })
    void whatTheBusSetsItselfIsRefused(String name) {
        assertRefused(name, "v", "headers." + name + ": expected a header that the bus does not set itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Y", "X:Y", "X\r\nY", "X\tY", "Ü", "X(Y)"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertRefused(name, "v", ": expected a name of 1 to 100 letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-a\r\nX-Evil: 1", "secret-\n", "secret-\u0000", "secret-\u007f", "secret-ü"})
    void aValueThatIsNotPrintableIsRefusedAndNotRepeated(String value) {
        assertRefused("X-A", value, "headers.X-A: expected at most 1000 printable ASCII characters, got ");
    }

    @Test
    void aNameOver100AndAValueOver1000CharactersAreRefused() {
        assertRefused(LONG_NAME, "v", ": expected a name of 1 to 100 letters");
        assertRefused("X-A", LONG_VALUE, "headers.X-A: expected at most 1000 printable ASCII characters, got 1001");
    }

    @Test
    void moreThan20HeadersAreRefused() {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 21; i++) {
            headers.put("X-" + i, "v");
        }

        assertThatThrownBy(() -> saved(headers))
                .hasMessage("headers: expected an object of at most 20 headers, got 21");
    }

    @Test
    void aHeaderInTwoSpellingsIsRefused() {
        ObjectNode headers =
                JsonNodeFactory.instance.objectNode().put("X-A", "1").put("x-a", "2");

        assertThatThrownBy(() -> saved(headers))
                .hasMessage("headers.x-a: expected a header once, got it in another spelling too");
    }

    @Test
    void otherHeadersAreKeptAsTheyWereWritten() throws InvalidTargetException {
        ObjectNode headers = JsonNodeFactory.instance
                .objectNode()
                .put("Authorization", "Bearer ~!")
                .put("x_y", "");

        assertThat(saved(headers)).isEqualTo(Map.of("Authorization", "Bearer ~!", "x_y", ""));
    }

    private static void assertRefused(String name, String value, String problem) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode().put(name, value);

        assertThatThrownBy(() -> saved(headers))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret-");
    }

    private static Map<String, String> saved(ObjectNode headers) throws InvalidTargetException {
        ObjectNode target = JsonNodeFactory.instance.objectNode().put("url", "https://a.b/");
        target.set("headers", headers);
        return TargetCodec.fromRequest("t", target.toString().getBytes(StandardCharsets.UTF_8), Instant.EPOCH)
                .options()
                .headers();
    }
}
