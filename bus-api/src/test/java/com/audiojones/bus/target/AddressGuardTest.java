package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/8, 0.0.0.0, 0.255.255.255",
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "100.64.0.0/10, 100.64.0.0, 100.127.255.255",
        "127.0.0.0/8, 127.0.0.0, 127.255.255.255",
        "169.254.0.0/16, 169.254.0.0, 169.254.255.255",
        "172.16.0.0/12, 172.16.0.0, 172.31.255.255",
        "192.0.0.0/24, 192.0.0.0, 192.0.0.255",
        "192.0.2.0/24, 192.0.2.0, 192.0.2.255",
        "192.88.99.0/24, 192.88.99.0, 192.88.99.255",
        "192.168.0.0/16, 192.168.0.0, 192.168.255.255",
        "198.18.0.0/15, 198.18.0.0, 198.19.255.255",
        "198.51.100.0/24, 198.51.100.0, 198.51.100.255",
        "168.63.129.16/32, 168.63.129.16, 168.63.129.16",
        "203.0.113.0/24, 203.0.113.0, 203.0.113.255",
        "224.0.0.0/4, 224.0.0.0, 239.255.255.255",
        "240.0.0.0/4, 240.0.0.0, 255.255.255.255",
        "::/96, ::, ::ffff:ffff",
        "::/96, ::1, ::7f00:1",
        "::ffff:0:0:0/96, ::ffff:0:0:0, ::ffff:0:ffff:ffff",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ff00::/8, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::/20, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "100::/64, 100::, 100::ffff:ffff:ffff:ffff",
        "2001::/23, 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::/16, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fec0::/10, fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b:1::/48, 64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "5f00::/16, 5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void everyBlockedRangeIsRefusedFromItsFirstToItsLastAddress(String range, String first, String last) {
        assertThat(guard.refusal(InetAddress.ofLiteral(first)))
                .get()
                .asString()
                .contains("the blocked range " + range + ";");
        assertThat(guard.refusal(InetAddress.ofLiteral(last)))
                .get()
                .asString()
                .contains("the blocked range " + range + ";");
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:127.0.0.1,   127.0.0.0/8",
        "::ffff:10.0.0.1,    10.0.0.0/8",
        "::ffff:a9fe:a9fe,   169.254.0.0/16",
        "64:ff9b::7f00:1,    127.0.0.0/8",
        "64:ff9b::a9fe:a9fe, 169.254.0.0/16",
        "64:ff9b::0:0,       0.0.0.0/8"
    })
    void anAddressThatCarriesAnIpv4AddressIsJudgedAsThat(String address, String range) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address)))
                .get()
                .asString()
                .contains("the blocked range " + range + ";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "::7f00:1", "fe80::1"})
    void aScopeChangesNothing(String address) throws UnknownHostException {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();

        assertThat(guard.refusal(Inet6Address.getByAddress("scoped", bytes, 1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "168.63.129.15",
                "168.63.129.17",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::1",
                "2001:db7:ffff::1",
                "2001:db9::1",
                "2003::1",
                "3ffe::1",
                "3fff:1000::1",
                "100:0:0:1::1",
                "64:ff9b:2::1",
                "5eff::1",
                "5f01::1",
                "fbff::1",
                "fe7f::1",
                "::1:0:0:0",
                "64:ff9b::101:101",
                "::ffff:1.1.1.1"
            })
    void publicAddressesAreNotRefused(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void theOperatorMayAllowARangeAndNothingElseOpens() {
        AddressGuard open = new AddressGuard(List.of("10.1.0.0/16", "::1"));

        assertThat(open.refusal(InetAddress.ofLiteral("10.1.2.3"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("::ffff:10.1.2.3"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("::1"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("10.2.0.1")))
                .contains("address 10.2.0.1 is in the blocked range 10.0.0.0/8; the operator can allow it with "
                        + "webhook.allowed-addresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "example.com", "10.0.0.0/x", ""})
    void whatIsNoRangeIsRefused(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressGuard(List.of(range)))
                .withMessage("expected an address range such as 10.0.0.0/8, got '" + range + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/,        false, false",
        "http://example.com/,         false, true",
        "http://example.com/,         true,  false",
        "http://127.0.0.1:9000/hook,  false, false",
        "http://localhost:9000/hook,  false, false",
        "http://[::1]:9000/hook,      false, true",
        "https://10.0.0.1/,           false, true",
        "https://[::ffff:10.0.0.1]/,  false, true",
        "https://169.254.169.254/,    true,  true",
        "https://0177.0.0.1/,         false, true",
        "https://0x7f000001/,         false, true",
        "https://017700000001/,       false, true",
        "https://2130706433/,         false, true",
        "https://1.1.1.1/,            false, false",
        "https://0x.example.com/,     false, false"
    })
    void whatAUrlAloneTellsIsRefusedEarly(URI url, boolean allowHttp, boolean refused) {
        AddressPolicy policy = new AddressPolicy(new AddressGuard(List.of("127.0.0.0/8")), true);

        assertThat(policy.refusal(url, allowHttp).isPresent()).isEqualTo(refused);
    }
}
