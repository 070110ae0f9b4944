package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.launcher.secrets.Keysets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys that seal the targets' secrets. */
@Command(
        name = "keyset",
        mixinStandardHelpOptions = true,
        description = "Makes the keys that seal the targets' secrets in the store and in Kafka.",
        subcommands = {KeysetCommand.Create.class, KeysetCommand.Rotate.class})
final class KeysetCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected create or rotate");
    }

    /** Makes a keyset. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Writes a keyset of one new key.")
    static final class Create implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "must not exist yet; only its owner may read it")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            Keysets.create(file);
            System.out.println("made " + file + "; without it no target's secret can be opened: keep a copy elsewhere");
            return 0;
        }
    }

    /** Adds a key. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a new key, which seals from then on. Give the file to every role and start dispatchers first.")
    static final class Rotate implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "the keyset")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            Keysets.rotate(file);
            System.out.println("added a key to " + file);
            return 0;
        }
    }
}
