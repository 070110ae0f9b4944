package com.audiojones.bus.target;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A CIDR range. Compares bytes, so IPv4 and IPv6 never mix; forms that carry an IPv4 address are judged as that. */
final class AddressRange {

    private static final byte[] MAPPED = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final byte[] NAT64 = new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final String text;
    private final byte[] network;
    private final int prefixBits;

    private AddressRange(String text) {
        int slash = text.indexOf('/');
        this.text = text;
        try {
            this.network = judgedBytes(InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)));
            this.prefixBits = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected an address range such as 10.0.0.0/8, got '" + text + "'", e);
        }
        if (prefixBits < 0 || prefixBits > network.length * 8) {
            throw new IllegalArgumentException("expected an address range such as 10.0.0.0/8, got '" + text + "'");
        }
    }

    static List<AddressRange> all(String... ranges) {
        return Arrays.stream(ranges).map(AddressRange::new).toList();
    }

    /** The IPv4 bytes inside IPv4-mapped and NAT64 addresses, else the address's own. */
    static byte[] judgedBytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16 && (startsWith(bytes, MAPPED) || startsWith(bytes, NAT64))) {
            return Arrays.copyOfRange(bytes, 12, 16);
        }
        return bytes;
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefixBits / 8;
        if (Arrays.mismatch(address, 0, whole, network, 0, whole) >= 0) {
            return false;
        }
        int rest = prefixBits % 8;
        int mask = 0xff << (8 - rest);
        return rest == 0 || ((address[whole] ^ network[whole]) & mask & 0xff) == 0;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.mismatch(bytes, 0, prefix.length, prefix, 0, prefix.length) < 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
