package com.audiojones.bus.target;

import com.audiojones.bus.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which request headers a target may have of its own. Stateless. */
final class HeaderRules {

    static final int MAX_HEADERS = 20;

    private static final int MAX_VALUE = 1000;

    /** A token of RFC 9110. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private static final Set<String> OURS = Set.of(
            "host",
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "user-agent",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "keep-alive");

    private static final List<String> OUR_PREFIXES = List.of("proxy-", "webhook-", "x-aj-");

    private HeaderRules() {}

    /** Why a header is refused, without its value, which may be a credential. */
    static Optional<String> refusal(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return Optional.of("expected a name of 1 to 100 letters, digits and !#$%&'*+-.^_`|~, got another");
        }
        if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
            return Optional.of("expected a header that the bus does not set itself, got one that it does");
        }
        if (value.length() > MAX_VALUE || !Secret.isPrintable(value)) {
            String printable = Secret.isPrintable(value) ? "" : ", some of another kind";
            return Optional.of(
                    "expected at most " + MAX_VALUE + " printable ASCII characters, got " + value.length() + printable);
        }
        return Optional.empty();
    }
}
