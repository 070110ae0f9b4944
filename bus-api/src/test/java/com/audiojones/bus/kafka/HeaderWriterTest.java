package com.audiojones.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeaderWriterTest {

    private final Headers headers = new RecordHeaders();
    private final HeaderWriter out = new HeaderWriter(headers);

    @Test
    void aHeaderReplacesAllOfItsName() {
        headers.add("a", new byte[] {'1'}).add("b", new byte[] {'2'}).add("a", new byte[] {'3'});

        out.put("a", "ü");

        assertThat(Golden.headerLines(headers)).isEqualTo("b: 2\na: ü");
    }

    @Test
    void bytesStayAsTheyAre() {
        byte[] value = {0, -1, 127};

        out.put("a", value);

        assertThat(headers.lastHeader("a").value()).containsExactly(0, -1, 127);
    }

    @Test
    void noValueTakesTheHeaderOffAndAnEmptyOneStays() {
        out.put("a", "1");
        out.put("b", "2");

        out.put("a", (String) null);
        out.put("b", "");
        out.put("never-there", (byte[]) null);

        assertThat(Golden.headerLines(headers)).isEqualTo("b: ");
    }
}
