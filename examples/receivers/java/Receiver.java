import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook receiver for the AJ Event Bus on nothing but the JDK. Settings: AJ_WEBHOOK_SECRET, PORT, HOST. */
final class Receiver {
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int REMEMBERED = 10_000;
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);
    private static final Pattern EVENT_ID =
            Pattern.compile("^\\{\\s*\"event_id\"\\s*:\\s*\"([A-Za-z0-9._:-]{1,128})\"");

    private final String secret;

    /** Ids of deliveries already taken, oldest dropped first. A receiver with a database keeps them there. */
    private final Set<String> taken = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    private record Answer(int status, String json) {
        static Answer error(int status, String error) {
            return new Answer(status, "{\"ok\":false,\"error\":\"" + error + "\"}");
        }
    }

    Receiver(String secret) {
        this.secret = secret;
    }

    public static void main(String[] args) throws IOException {
        String secret = Objects.requireNonNullElse(System.getenv("AJ_WEBHOOK_SECRET"), "");
        if (secret.length() < 32) {
            System.err.println("AJ_WEBHOOK_SECRET: expected the secret of the webhook target, at least 32 characters");
            System.exit(1);
        }
        String host = Objects.requireNonNullElse(System.getenv("HOST"), "127.0.0.1");
        int port = Integer.parseInt(Objects.requireNonNullElse(System.getenv("PORT"), "3001"));
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", new Receiver(secret)::handle);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.start();
        log("\"message\":\"listening\",\"url\":\"http://" + host + ":" + server.getAddress().getPort() + "/\"");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = take(exchange);
            byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
            Headers headers = exchange.getRequestHeaders();
            log("\"message\":\"delivery\",\"type\":" + quoted(headers.getFirst("X-AJ-Event")) + ",\"id\":"
                    + quoted(headers.getFirst("webhook-id")) + ",\"status\":" + answer.status()
                    + ",\"answer\":" + answer.json());
        }
    }

    private Answer take(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return Answer.error(405, "method_not_allowed");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return Answer.error(413, "body_too_large");
        }
        Headers headers = exchange.getRequestHeaders();
        String id = first(headers, "webhook-id");
        if (id.isEmpty()) {
            return Answer.error(401, "missing_headers");
        }
        if (!isRecent(first(headers, "X-AJ-Timestamp"), first(headers, "webhook-timestamp"))) {
            return Answer.error(401, "timestamp_out_of_range");
        }
        if (!isSigned(headers, id, body)) {
            return Answer.error(401, "signature_mismatch");
        }
        if (!taken.add(id)) {
            return new Answer(200, "{\"ok\":true,\"duplicate\":true}");
        }
        // Hand the event over here, to a queue or a table, and answer: work that takes long belongs behind the answer.
        return new Answer(200, "{\"ok\":true,\"event_id\":" + quoted(eventId(body)) + "}");
    }

    /** Both times within five minutes of now, before or after; an unreadable time is not. */
    private static boolean isRecent(String timestamp, String seconds) {
        try {
            Instant now = Instant.now();
            return Stream.of(Instant.parse(timestamp), Instant.ofEpochSecond(Long.parseLong(seconds)))
                    .allMatch(time -> Duration.between(time, now).abs().compareTo(MAX_SKEW) <= 0);
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    /**
     * X-AJ-Signature covers time and body; the Standard Webhooks signature covers the id too, and the id is what
     * duplicates are told by, so both have to be right. While a secret is rotated each has a second value.
     */
    private boolean isSigned(Headers headers, String id, byte[] body) {
        byte[] text = secret.getBytes(StandardCharsets.UTF_8);
        byte[] key = secret.startsWith("whsec_") ? Base64.getDecoder().decode(secret.substring(6)) : text;
        byte[] ajMac = hmac(text, first(headers, "X-AJ-Timestamp") + ".", body);
        byte[] standardMac = hmac(key, id + "." + first(headers, "webhook-timestamp") + ".", body);
        String aj = "sha256=" + HexFormat.of().formatHex(ajMac);
        String standard = "v1," + Base64.getEncoder().encodeToString(standardMac);
        return oneIs(aj, Stream.of(first(headers, "X-AJ-Signature"), first(headers, "X-AJ-Signature-Previous")))
                && oneIs(standard, Stream.of(first(headers, "webhook-signature").split(" ")));
    }

    /** MessageDigest.isEqual takes the same time wherever the texts differ. */
    private static boolean oneIs(String expected, Stream<String> given) {
        byte[] wanted = expected.getBytes(StandardCharsets.UTF_8);
        return given.anyMatch(text -> MessageDigest.isEqual(wanted, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    private static String eventId(byte[] body) {
        Matcher matcher = EVENT_ID.matcher(new String(body, StandardCharsets.UTF_8));
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String first(Headers headers, String name) {
        return Objects.requireNonNullElse(headers.getFirst(name), "");
    }

    /** A JSON string of a header value; what is not a plain character becomes a question mark. */
    private static String quoted(String text) {
        return text == null ? "null" : '"' + text.replaceAll("[^A-Za-z0-9._:-]", "?") + '"';
    }

    private static synchronized void log(String fields) {
        System.out.println("{\"time\":\"" + Instant.now() + "\"," + fields + "}");
    }
}
