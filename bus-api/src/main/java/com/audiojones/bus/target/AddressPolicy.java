package com.audiojones.bus.target;

import com.audiojones.bus.config.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the operator allows deliveries to go to.
 *
 * @param guard judges the addresses
 * @param httpToLoopback whether plain http to loopback needs no {@code allow_http} on the target
 */
public record AddressPolicy(AddressGuard guard, boolean httpToLoopback) {

    /** Octal, hexadecimal and undotted spellings of addresses, which different resolvers read differently. */
    private static final Pattern NUMERIC_HOST =
            Pattern.compile("(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+))*\\.?");

    private static final Pattern DOTTED_DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /**
     * {@return the policy from {@code webhook.allowed-addresses} and {@code webhook.http-to-loopback}}
     *
     * @param in where settings are read
     */
    public static AddressPolicy read(Settings in) {
        List<String> ranges = in.list("webhook.allowed-addresses");
        boolean httpToLoopback = in.flag("webhook.http-to-loopback", false);
        try {
            return new AddressPolicy(new AddressGuard(ranges), httpToLoopback);
        } catch (IllegalArgumentException e) {
            in.problem("webhook.allowed-addresses: " + e.getMessage());
            return new AddressPolicy(new AddressGuard(List.of()), httpToLoopback);
        }
    }

    /**
     * What can be said of a URL before any name is resolved. Passing is no permission: the address dialled is judged
     * again by {@link #guard()}.
     *
     * @param url a valid target URL
     * @param allowHttp whether the target allows plain http
     * @return why deliveries to it are refused, empty if they are not
     */
    public Optional<String> refusal(URI url, boolean allowHttp) {
        String host = url.getHost().replaceAll("^\\[|]$|%.*", "");
        Optional<InetAddress> literal = literal(host);
        boolean loopback = host.equalsIgnoreCase("localhost")
                || literal.map(InetAddress::isLoopbackAddress).orElse(false);
        if ("http".equalsIgnoreCase(url.getScheme()) && !allowHttp && !(loopback && httpToLoopback)) {
            return Optional.of("url: expected https, got http; set allow_http on the target to send in clear");
        }
        if (NUMERIC_HOST.matcher(host).matches()
                && !DOTTED_DECIMAL.matcher(host).matches()) {
            return Optional.of("url: expected a name or an address such as 192.0.2.1, got the number '" + host + "'");
        }
        return literal.flatMap(guard::refusal).map(reason -> "url: " + reason);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
