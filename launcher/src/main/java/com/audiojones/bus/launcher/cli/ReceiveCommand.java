package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.Refusal;
import com.audiojones.bus.signature.WebhookVerifier;
import com.audiojones.bus.target.Target;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A receiver to try things with. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        description = "Receives webhooks on a port, verifies and prints them, until Ctrl-C.")
final class ReceiveCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_BODY = 1024 * 1024;

    @Option(names = "--port", required = true, description = "the port to listen on, 0 for any free one")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "the address to listen on, 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
    private String host = "";

    @Option(names = "--secret", required = true, description = "the target's secret")
    private String secret = "";

    @Option(
            names = "--fail-rate",
            defaultValue = "0",
            description = "share of requests answered with 500, 0 to 1 (default: ${DEFAULT-VALUE})")
    private double failRate;

    @Option(
            names = "--delay",
            defaultValue = "0",
            paramLabel = "MS",
            description = "milliseconds to wait before each answer (default: ${DEFAULT-VALUE})")
    private long delayMillis;

    @Override
    public Integer call() throws InterruptedException {
        if (failRate < 0 || failRate > 1) {
            throw new BadInputException("--fail-rate: expected 0 to 1, got " + failRate);
        }
        if (delayMillis < 0) {
            throw new BadInputException("--delay: expected 0 or more milliseconds, got " + delayMillis);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new BadInputException("--port: expected 0 to " + MAX_PORT + ", got " + port);
        }
        if (secret.length() < Target.MIN_SECRET_LENGTH) {
            throw new BadInputException(
                    "--secret: expected at least " + Target.MIN_SECRET_LENGTH + " characters, got " + secret.length());
        }
        HttpServer server = listen();
        System.out.println(
                "listening on http://" + host + ":" + server.getAddress().getPort());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private HttpServer listen() {
        WebhookVerifier verifier = WebhookVerifier.aj(new Secret(secret));
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> receive(exchange, verifier));
            server.start();
            return server;
        } catch (IOException e) {
            throw new BadInputException("--host " + host + " --port " + port + ": cannot be used: " + e.getMessage());
        }
    }

    private void receive(HttpExchange exchange, WebhookVerifier verifier) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        Optional<Refusal> refusal = verifier.refusal(exchange.getRequestHeaders(), body);
        pause();
        if (refusal.isPresent()) {
            answer(exchange, 401, refusal.get().reason().code(), body);
        } else if (RandomGenerator.getDefault().nextDouble() < failRate) {
            answer(exchange, 500, "failed on purpose", body);
        } else {
            answer(exchange, 200, "ok", body);
        }
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofMillis(delayMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String verdict, byte[] body) throws IOException {
        String line = LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + status + " " + verdict + " "
                + exchange.getRequestHeaders().getFirst("X-AJ-Event") + " "
                + new String(body, StandardCharsets.UTF_8);
        System.out.println(line);
        System.out.flush();
        byte[] reply =
                (status == 200 ? "{\"ok\":true}" : "{\"error\":\"" + verdict + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }
}
