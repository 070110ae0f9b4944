package com.audiojones.bus.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.WebhookSigner;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is refused when a person saves a target, though a stored target that has it stays in force. Stateless. */
final class RequestRules {

    private static final int MAX_SECRET = 1000;

    private static final Set<String> SIMULATE =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("status", "delay", "drop", "rate")));

    private RequestRules() {}

    static void check(JsonNode request, FieldReader in) {
        FieldReader fields = in.other(request);
        fields.expectOnly(TargetCodec.EDITABLE);
        JsonNode simulate = fields.field("simulate");
        if (simulate != null) {
            fields.inside("simulate", simulate).expectOnly(SIMULATE);
        }
        TargetVault.sealedLooking(request)
                .forEach(
                        field -> fields.problem(field, "expected a value that does not begin with 'sealed:', got one"));
        JsonNode secret = fields.field("secret");
        if (secret != null && secret.isTextual()) {
            checkSecret(secret.textValue(), fields);
        }
    }

    private static void checkSecret(String secret, FieldReader in) {
        if (secret.length() > MAX_SECRET) {
            in.problem("secret", "expected at most " + MAX_SECRET + " characters, got " + secret.length());
        }
        if (WebhookSigner.isBroken(new Secret(secret))) {
            in.problem("secret", "expected base64 after whsec_, got another text");
        }
    }
}
