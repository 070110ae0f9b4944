package com.audiojones.bus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedReceiverTest {

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        receiver.close();
    }

    @Test
    void itKeepsWhatArrivesInOrder() throws Exception {
        post(receiver.url("/a"), "first");
        post(receiver.url("/b"), "second");

        assertThat(receiver.requests()).extracting(Request::path).containsExactly("/a", "/b");
        assertThat(receiver.requests()).extracting(Request::body).containsExactly("first", "second");
    }

    @Test
    void aPathWithAScriptOfItsOwnAnswersByThat() throws Exception {
        receiver.answer(request -> Answer.of(503));
        receiver.answer("/a", request -> Answer.of(202));

        assertThat(post(receiver.url("/a"), "")).isEqualTo(202);
        assertThat(post(receiver.url("/b"), "")).isEqualTo(503);
    }

    @Test
    void whatIsHandedOnIsNotKept() throws Exception {
        List<Integer> answers = new ArrayList<>();
        receiver.handOn((request, answer) -> answers.add(answer.status()));
        receiver.answer("/b", request -> Answer.of(500));

        post(receiver.url("/a"), "");
        post(receiver.url("/b"), "");

        assertThat(answers).containsExactly(200, 500);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void answersComeAsLateAsTheyAreToldTo() throws Exception {
        receiver.answer("/late", request -> Answer.ok().after(Duration.ofMillis(150)));
        receiver.answer("/drip", request -> Answer.ok().dripping(Duration.ofMillis(100)));
        long start = System.nanoTime();

        assertThat(post(receiver.url("/late"), "")).isEqualTo(200);
        assertThat(post(receiver.url("/drip"), "")).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(350));
    }

    @Test
    void noAnswerIsABrokenConnectionAndNobodyThereARefusedOne() {
        receiver.answer("/none", request -> Answer.none());

        assertThatThrownBy(() -> post(receiver.url("/none"), "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(ScriptedReceiver.refusingUrl("/"), "")).isInstanceOf(ConnectException.class);
    }

    private int post(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
