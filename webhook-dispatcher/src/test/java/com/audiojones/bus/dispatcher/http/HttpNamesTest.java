package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, the addresses they have, and which of those are dialled. */
class HttpNamesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String CLOSING = "HTTP/1.1 200 OK\r\nConnection: close\r\n" + RawReceiver.EMPTY;

    /** Only this one is allowed, so that other loopback addresses stand for those of the inner network. */
    private static final String PUBLIC = "127.0.0.1";

    private final RawReceiver receiver = RawReceiver.saying(CLOSING);
    private final List<HttpSender> senders = new ArrayList<>();
    private final CountDownLatch hang = new CountDownLatch(1);

    @AfterEach
    void close() {
        hang.countDown();
        senders.forEach(HttpSender::close);
        receiver.close();
    }

    @Test
    void aNameIsDialledAndStaysInTheHostHeader() throws Exception {
        HttpSender sender = sender(name -> addresses(PUBLIC));

        assertThat(post(sender, url("receiver.test"))).isInstanceOf(HttpOutcome.Answered.class);
        assertThat(receiver.heads().getFirst()).contains("\r\nHost: receiver.test:" + receiver.port() + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.2",
                "10.0.0.1",
                "169.254.169.254",
                "::1",
                "::7f00:2",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:2",
                "64:ff9b::a00:1",
                "fe80::1",
                "fd00::1",
                "0.0.0.0"
            })
    void aNameOfTheInnerNetworkIsBlocked(String address) throws Exception {
        assertBlocked(post(sender(name -> addresses(address)), url("inner.test")));
        assertBlocked(post(sender(name -> addresses(PUBLIC, address)), url("half.test")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.2",
                "127.1.1.1",
                "0x7f000002",
                "2130706434",
                "[::1]",
                "[::ffff:127.0.0.2]",
                "[64:ff9b::7f00:2]",
                "[fe80::1]",
                "169.254.169.254"
            })
    void anAddressInTheUrlIsBlockedInEveryForm(String host) throws Exception {
        HttpOutcome outcome = post(sender(NameLookup.SYSTEM), url(host));

        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                .as(none.message())
                .isIn(HttpError.BLOCKED_ADDRESS, HttpError.DNS_ERROR));
        assertThat(receiver.heads()).isEmpty();
    }

    @Test
    void aNameRePointedAfterTheCheckIsNotFollowed() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        HttpSender sender = sender(name -> addresses(lookups.getAndIncrement() == 0 ? PUBLIC : "127.0.0.2"));
        try (RawReceiver inner = RawReceiver.start(
                new ServerSocket(receiver.port(), 1, InetAddress.ofLiteral("127.0.0.2")), (in, out) -> {})) {
            assertThat(post(sender, url("rebinding.test"))).isInstanceOf(HttpOutcome.Answered.class);
            assertThat(lookups).hasValue(1);
            assertBlocked(post(sender, url("rebinding.test")));
            assertThat(receiver.heads()).hasSize(1);
            assertThat(inner.heads()).isEmpty();
        }
    }

    @Test
    void theNextAddressIsTriedWhereNobodyListens() throws Exception {
        HttpSender sender = new HttpSender(
                new AddressBook(name -> addresses("127.0.0.3", PUBLIC), allowing("127.0.0.0/8"), Duration.ZERO),
                "1",
                2,
                SSLContexts.createDefault());
        senders.add(sender);

        assertThat(post(sender, url("two.test"))).isInstanceOf(HttpOutcome.Answered.class);
    }

    @Test
    void aNameWithoutAnAddressIsADnsError() throws Exception {
        HttpSender sender = sender(name -> {
            if (name.equals("empty.test")) {
                return new InetAddress[0];
            }
            throw new UnknownHostException(name);
        });

        assertUnanswered(post(sender, url("nowhere.test")), HttpError.DNS_ERROR);
        assertUnanswered(post(sender, url("empty.test")), HttpError.DNS_ERROR);
    }

    @Test
    void aLookupThatHangsEndsAtTheDeadlineAndHoldsUpNobodyElse() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        HttpSender sender = sender(name -> {
            if (name.equals("hanging.test")) {
                lookups.incrementAndGet();
                awaitHang();
            }
            return addresses(PUBLIC);
        });

        CompletableFuture<HttpOutcome> hanging = send(sender, url("hanging.test"), Duration.ofSeconds(1));
        CompletableFuture<HttpOutcome> second = send(sender, url("hanging.test"), Duration.ofSeconds(1));
        HttpOutcome other = send(sender, url("other.test"), DEADLINE).get(20, TimeUnit.SECONDS);

        assertThat(other).isInstanceOf(HttpOutcome.Answered.class);
        assertThat(hanging).isNotDone();
        assertUnanswered(hanging.get(20, TimeUnit.SECONDS), HttpError.TIMEOUT);
        assertUnanswered(second.get(20, TimeUnit.SECONDS), HttpError.TIMEOUT);
        assertThat(hanging.resultNow().timing().connect()).isZero();
        assertThat(lookups).hasValue(1);
        assertThat(send(sender, url("other.test"), DEADLINE).get(20, TimeUnit.SECONDS))
                .isInstanceOf(HttpOutcome.Answered.class);
    }

    @Test
    void tooManyLookupsThatHangAreADnsErrorForFurtherNames() throws Exception {
        HttpSender sender = sender(name -> {
            awaitHang();
            return addresses(PUBLIC);
        });
        for (int i = 0; i < 64; i++) {
            assertThat(send(sender, url("hanging" + i + ".test"), DEADLINE)).isNotDone();
        }

        assertUnanswered(post(sender, url("further.test")), HttpError.DNS_ERROR);
    }

    @Test
    void aNameIsAskedForOnceInAWhile() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        AddressBook book = new AddressBook(
                name -> {
                    lookups.incrementAndGet();
                    return addresses(PUBLIC);
                },
                allowing(PUBLIC),
                Duration.ofHours(1));
        HttpSender sender = new HttpSender(book, "1", 2, SSLContexts.createDefault());
        senders.add(sender);

        for (int i = 0; i < 3; i++) {
            assertThat(post(sender, url("receiver.test"))).isInstanceOf(HttpOutcome.Answered.class);
        }

        assertThat(lookups).hasValue(1);
    }

    private void awaitHang() {
        try {
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpSender sender(NameLookup lookup) {
        AddressBook book = new AddressBook(lookup, allowing(PUBLIC), Duration.ZERO);
        HttpSender sender = new HttpSender(book, "1", 100, SSLContexts.createDefault());
        senders.add(sender);
        return sender;
    }

    private static AddressGuard allowing(String range) {
        return new AddressGuard(List.of(range));
    }

    private String url(String host) {
        return "http://" + host + ":" + receiver.port() + "/hook";
    }

    private static HttpOutcome post(HttpSender sender, String url) throws Exception {
        return send(sender, url, DEADLINE).get(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<HttpOutcome> send(HttpSender sender, String url, Duration deadline) {
        return sender.post(URI.create(url), "{}".getBytes(StandardCharsets.UTF_8), PostHeaders.NONE, deadline);
    }

    private static InetAddress[] addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private void assertBlocked(HttpOutcome outcome) {
        assertUnanswered(outcome, HttpError.BLOCKED_ADDRESS);
    }

    private static void assertUnanswered(HttpOutcome outcome, HttpError error) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                .as(none.message())
                .isEqualTo(error));
    }
}
