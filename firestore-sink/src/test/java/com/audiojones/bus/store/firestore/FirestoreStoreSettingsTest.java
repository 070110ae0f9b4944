package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirestoreStoreSettingsTest {

    private static final String PEM = pem();

    private final Map<String, String> environment = new HashMap<>(Map.of("FIREBASE_PROJECT_ID", "p-1"));

    static Stream<String> writings() {
        return Stream.of(
                PEM,
                PEM.replace("\n", "\\n"),
                "\"" + PEM.replace("\n", "\\n") + "\"",
                PEM.replace("\n", "\r\n"),
                PEM.replace("\n", "\\r\\n"),
                "'" + PEM + "'\n");
    }

    @ParameterizedTest
    @MethodSource("writings")
    void aPrivateKeyIsTheSameHoweverItWasEscaped(String written) {
        environment.put("FIREBASE_CLIENT_EMAIL", "bus@p-1.iam.gserviceaccount.com");
        environment.put("FIREBASE_PRIVATE_KEY", written);

        assertThat(FirestoreStoreSettings.pem(new Secret(written)).strip()).isEqualTo(PEM.strip());
        assertThat(read()).satisfies(settings -> {
            assertThat(settings.projectId()).isEqualTo("p-1");
            assertThat(settings.isEmulator()).isFalse();
            assertThat(settings.credentials())
                    .isInstanceOfSatisfying(
                            ServiceAccountCredentials.class, account -> assertThat(account.getClientEmail())
                                    .isEqualTo("bus@p-1.iam.gserviceaccount.com"));
        });
    }

    @Test
    void aPartialSetNamesWhatIsMissing() {
        environment.put("FIREBASE_PRIVATE_KEY", PEM);
        assertProblem(
                "firestore.client-email (FIREBASE_CLIENT_EMAIL): expected a value, as the other of the two is set,"
                        + " got nothing");

        environment.remove("FIREBASE_PRIVATE_KEY");
        environment.put("FIREBASE_CLIENT_EMAIL", "bus@p-1.iam.gserviceaccount.com");
        assertProblem("firestore.private-key (FIREBASE_PRIVATE_KEY): expected a value, as the other of the two is set,"
                + " got nothing");

        environment.clear();
        assertProblem("firestore.project-id (FIREBASE_PROJECT_ID): expected the Google Cloud project, got nothing");
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
        environment.put("FIREBASE_CLIENT_EMAIL", "bus@p-1.iam.gserviceaccount.com");
        environment.put("FIREBASE_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----");

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("firestore credentials: expected a service account's key")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void anEmulatorNeedsAProjectAlone() {
        environment.put("FIRESTORE_EMULATOR_HOST", "127.0.0.1:8080");

        assertThat(read().emulatorHost()).isEqualTo("127.0.0.1:8080");
        assertThat(read().options().getEmulatorHost()).isEqualTo("127.0.0.1:8080");
    }

    /** Google's client would send everything to the emulator, and say nothing. */
    @Test
    void anEmulatorBesideRealCredentialsIsRefused(@TempDir Path directory) throws IOException {
        environment.put("FIRESTORE_EMULATOR_HOST", "127.0.0.1:8080");
        environment.put("FIREBASE_PRIVATE_KEY", PEM);

        assertProblem("FIRESTORE_EMULATOR_HOST: expected nothing beside real credentials, got '127.0.0.1:8080': what is"
                + " meant for Google's service would go to the emulator");

        environment.remove("FIREBASE_PRIVATE_KEY");
        environment.put(
                "AJ_BUS_FIRESTORE_CREDENTIALS_FILE",
                Files.createFile(directory.resolve("key.json")).toString());
        assertThatThrownBy(this::read).hasMessageContaining("expected nothing beside real credentials");
    }

    @Test
    void aCredentialsFileThatIsNoneIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("key.json"), "{\"type\":\"service_account\"}");
        environment.put("AJ_BUS_FIRESTORE_CREDENTIALS_FILE", file.toString());

        assertThatThrownBy(this::read)
                .hasMessageStartingWith("firestore credentials: expected a service account's key");
    }

    @Test
    void whatIsNotInUseNeedsNothing() {
        environment.clear();
        Settings in = Settings.open(null, environment, Map.of());

        assertThat(FirestoreStoreSettings.read(in, false)).isNull();
        in.check();
    }

    private void assertProblem(String problem) {
        assertThatThrownBy(this::read).isInstanceOf(ConfigException.class).hasMessage(problem);
    }

    private FirestoreStoreSettings read() {
        Settings in = Settings.open(null, environment, Map.of());
        @Nullable FirestoreStoreSettings settings = FirestoreStoreSettings.read(in, true);
        in.check();
        if (settings == null) {
            throw new AssertionError("a problem was not noted");
        }
        return settings;
    }

    private static String pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
