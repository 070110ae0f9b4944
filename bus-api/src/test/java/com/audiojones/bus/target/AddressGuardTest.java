package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "168.63.129.16",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "2001::1",
                "2001:1ff::1",
                "2002:7f00:1::",
                "fec0::1",
                "64:ff9b:1::1",
                "5f00::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe"
            })
    void privateAndSpecialAddressesAreRefused(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
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
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "168.63.129.15",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::1",
                "2003::1",
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
