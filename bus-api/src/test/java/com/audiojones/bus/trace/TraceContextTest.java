package com.audiojones.bus.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void theTraceOfARecordIsCurrentWhileItIsWorkedOn() throws Exception {
        assertThat(TraceContext.within(TRACEPARENT, TraceContext::current)).isEqualTo(TRACEPARENT);
        assertThat(TraceContext.current()).isNull();
    }

    @Test
    void whatIsNoTraceIsNone() throws Exception {
        assertThat(TraceContext.within(null, () -> String.valueOf(TraceContext.current())))
                .isEqualTo("null");
        assertThat(TraceContext.within("rubbish", () -> String.valueOf(TraceContext.current())))
                .isEqualTo("null");
    }
}
