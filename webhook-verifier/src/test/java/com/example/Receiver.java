package com.example;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.WebhookVerifier;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

final class Receiver {

    public static void main(String[] args) throws IOException {
        System.Logger log = System.getLogger("webhooks");
        WebhookVerifier verifier = WebhookVerifier.standard(new Secret(System.getenv("AJ_WEBHOOK_SECRET")))
                .withListener(refusal -> log.log(Level.WARNING, "refused: {0}", refusal));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readNBytes(1024 * 1024);
                boolean isRefused =
                        verifier.refusal(exchange.getRequestHeaders(), body).isPresent();
                exchange.sendResponseHeaders(isRefused ? 401 : 204, -1);
            }
        });
        server.start();
        log.log(Level.INFO, "listening on port " + server.getAddress().getPort());
    }
}
