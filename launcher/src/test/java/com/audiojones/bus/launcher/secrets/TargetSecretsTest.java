package com.audiojones.bus.launcher.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.target.TargetVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetSecretsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final List<String> HIDDEN = List.of(
            "secret-number-one-of-32-characters", "secret-number-two-of-32-characters", "bearer-token-of-the-receiver");

    @TempDir
    private Path directory;

    private Path keyset;

    @BeforeEach
    void create() {
        keyset = directory.resolve("keyset.json");
        Keysets.create(keyset);
    }

    @Test
    void whatIsKeptHasNoSecretInClear() throws Exception {
        TargetVault vault = vault();

        byte[] kept = vault.toJson(target());

        assertThat(new String(kept, StandardCharsets.UTF_8))
                .doesNotContain(HIDDEN)
                .contains("https://example.com/");
        assertThat(vault.fromJson("tgt_1", kept)).isEqualTo(target());
        assertThat(vault.toJson(target())).isEqualTo(kept);
    }

    @Test
    void theFileOfAStoreHasNoSecretInClear() throws IOException {
        Path file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.open(file, Long.MAX_VALUE, vault())) {
            Target saved = store.targets().save(target());
            assertThat(store.targets().byId("tgt_1")).contains(saved);
        }

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .contains("tgt_1")
                .doesNotContain(HIDDEN);
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(store.targets().all()).isEmpty();
        }
    }

    @Test
    void whatAnOldKeySealedIsOpenedAfterARotationAndSealedAnew() throws Exception {
        byte[] old = vault().toJson(target());

        Keysets.rotate(keyset);

        TargetVault rotated = vault();
        assertThat(rotated.fromJson("tgt_1", old)).isEqualTo(target());
        assertThat(rotated.toJson(target())).isNotEqualTo(old);
    }

    @Test
    void anotherKeysetOrNoneOpensNothingAndSaysSo() {
        byte[] kept = vault().toJson(target());
        Path other = directory.resolve("other.json");
        Keysets.create(other);

        assertThatThrownBy(() -> secrets("target-secrets.keyset-file", other.toString())
                        .required()
                        .fromJson("tgt_1", kept))
                .isInstanceOfSatisfying(InvalidTargetException.class, e -> assertThat(e.reason())
                        .contains("secret: expected a keyset that opens it, got one that does not"));
        assertThatThrownBy(() -> TargetVault.CLEAR.fromJson("tgt_1", kept))
                .isInstanceOfSatisfying(InvalidTargetException.class, e -> assertThat(e.reason())
                        .contains("secret: expected a keyset that opens it, got none"));
    }

    @Test
    void aSecretOfOneTargetCannotBePutIntoAnother() {
        byte[] kept = vault().toJson(target());

        assertThatThrownBy(() -> vault().fromJson("tgt_2", kept)).isInstanceOf(InvalidTargetException.class);
    }

    @Test
    void whatIsFoundInClearIsUsed() throws Exception {
        byte[] clear = TargetVault.CLEAR.toJson(target());

        assertThat(vault().fromJson("tgt_1", clear)).isEqualTo(target());
    }

    @Test
    void whatStandsBehindATargetIsRefusedAsByTheCodec() {
        byte[] two =
                (new String(vault().toJson(target()), StandardCharsets.UTF_8) + "{}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> vault().fromJson("tgt_1", two)).isInstanceOf(InvalidTargetException.class);
        assertThatThrownBy(() -> TargetVault.CLEAR.fromJson("tgt_1", two)).isInstanceOf(InvalidTargetException.class);
    }

    @Test
    void aKeysetMayComeAsText() throws Exception {
        TargetVault byText =
                secrets("target-secrets.keyset", Files.readString(keyset)).required();

        assertThat(byText.fromJson("tgt_1", vault().toJson(target()))).isEqualTo(target());
    }

    @Test
    void aRoleStartsWithAKeysetOrWithItsOperatorsWord() {
        assertThatThrownBy(() -> secrets("target-secrets.in-clear", "false").required())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("target-secrets: expected a keyset, since")
                .hasMessageContaining("ajbus keyset create");
        assertThat(secrets("target-secrets.in-clear", "true").required()).isSameAs(TargetVault.CLEAR);
        assertThat(secrets("target-secrets.in-clear", "false").orInClear()).isSameAs(TargetVault.CLEAR);
    }

    @Test
    void whatIsNoKeysetIsASentence() throws IOException {
        Files.writeString(keyset, "{\"primaryKeyId\":1,\"key\":[]}");

        assertThatThrownBy(() -> secrets("target-secrets.keyset-file", keyset.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("target-secrets.keyset: expected a keyset as 'ajbus keyset create' makes it");
        assertThatThrownBy(() -> secrets("target-secrets.keyset-file", "missing.json"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected a file that can be read, got missing.json: no such file");
    }

    @Test
    void aKeysetIsItsOwnersAndIsNotWrittenOver() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        Keysets.rotate(keyset);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Keysets.create(keyset))
                .hasMessageContaining("expected a file that does not exist yet");
    }

    private TargetVault vault() {
        return secrets("target-secrets.keyset-file", keyset.toString()).required();
    }

    private static TargetSecrets secrets(String key, String value) {
        Settings settings = Settings.open(null, Map.of(), Map.of(key, value));
        TargetSecrets secrets = TargetSecrets.read(settings);
        settings.check();
        return secrets;
    }

    private static Target target() {
        TargetOptions options = new TargetOptions(
                false,
                List.of(new PreviousSecret(new Secret(HIDDEN.get(1)), NOW.plusSeconds(60))),
                null,
                null,
                Map.of("Authorization", HIDDEN.get(2)),
                null,
                null,
                null,
                RetryPolicy.STANDARD,
                null);
        return new Target(
                "tgt_1",
                "https://example.com/hook",
                new Secret(HIDDEN.getFirst()),
                true,
                List.of(),
                "",
                NOW,
                NOW,
                1,
                false,
                null,
                options);
    }
}
