package com.audiojones.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeaderWriterTest {

    private final Headers headers = new RecordHeaders();

    @Test
    void aHeaderReplacesAllOfItsName() {
        headers.add("a", new byte[] {'1'}).add("b", new byte[] {'2'}).add("a", new byte[] {'3'});

        new HeaderWriter(headers).put("a", "ü");

        assertThat(Golden.headerLines(headers)).isEqualTo("b: 2\na: ü");
    }

    @Test
    void bytesStayAsTheyAre() {
        byte[] value = {0, -1, 127};

        new HeaderWriter(headers).put("a", value);

        assertThat(headers.lastHeader("a").value()).containsExactly(0, -1, 127);
    }

    @Test
    void noValueTakesTheHeaderOffAndAnEmptyOneStays() {
        HeaderWriter first = new HeaderWriter(headers);
        first.put("a", "1");
        first.put("b", "2");

        HeaderWriter out = new HeaderWriter(headers);
        out.put("a", (String) null);
        out.put("b", "");
        out.put("never-there", (byte[]) null);

        assertThat(Golden.headerLines(headers)).isEqualTo("b: ");
    }
}
