package com.audiojones.bus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    @Test
    void whatACursorIsWrittenAsIsReadAsTheSame() throws InvalidCursorException {
        PageCursor cursor = new PageCursor(1_763_719_200_123L, "aj_event_1763719200123_abc:def.1-2");

        assertThat(PageCursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @Test
    void aCursorNeedsNoEscapingInAUrl() {
        assertThat(new PageCursor(-1, "a".repeat(128)).toString()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no base64!",
                "1763/",
                "/evt_1",
                "1763",
                "x/evt_1",
                "1763/evt 1",
                "01763/evt_1",
                "99999999999999999999/evt_1"
            })
    void anythingElseIsRefusedWithWhatWasGiven(String plain) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> PageCursor.parse(text))
                .isInstanceOf(InvalidCursorException.class)
                .hasMessage("cursor: expected the 'next' of an earlier page, got '" + text + "'");
        assertThatThrownBy(() -> PageCursor.parse(plain)).isInstanceOf(InvalidCursorException.class);
    }
}
