package com.audiojones.bus.target;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides which addresses may be dialled, so that nobody can aim the bus at the network it runs in. To be asked about
 * the address that is really dialled, for every connection, after the name was resolved. Immutable.
 */
public final class AddressGuard {

    private static final List<AddressRange> BLOCKED = AddressRange.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "168.63.129.16/32",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0:0/96",
            "fe80::/10",
            "fc00::/7",
            "ff00::/8",
            "2001:db8::/32",
            "3fff::/20",
            "100::/64",
            "2001::/23",
            "2002::/16",
            "fec0::/10",
            "64:ff9b:1::/48",
            "5f00::/16");

    private final List<AddressRange> allowed;

    /**
     * Guards with exceptions.
     *
     * @param allowed ranges in CIDR form that the operator allows though they are blocked for everybody else
     * @throws IllegalArgumentException if one is no CIDR range
     */
    public AddressGuard(List<String> allowed) {
        this.allowed = AddressRange.all(allowed.toArray(String[]::new));
    }

    /**
     * {@return why an address may not be dialled, empty if it may}
     *
     * @param address the address about to be dialled
     */
    public Optional<String> refusal(InetAddress address) {
        byte[] judged = AddressRange.judgedBytes(address);
        if (allowed.stream().anyMatch(range -> range.contains(judged))) {
            return Optional.empty();
        }
        return BLOCKED.stream()
                .filter(range -> range.contains(judged))
                .findFirst()
                .map(range -> "address " + address.getHostAddress() + " is in the blocked range " + range
                        + "; the operator can allow it with webhook.allowed-addresses");
    }
}
