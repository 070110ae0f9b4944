package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.publish.RejectedEventException;
import com.audiojones.bus.service.BusVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code ajbus} command: everything else is below it. */
@Command(
        name = "ajbus",
        mixinStandardHelpOptions = true,
        versionProvider = AjbusCommand.Version.class,
        description = "Kafka topics in; signed webhooks, audit trail and replay out.",
        subcommands = {
            DevCommand.class,
            RoleCommand.Broker.class,
            RoleCommand.Router.class,
            RoleCommand.Dispatcher.class,
            RoleCommand.Sink.class,
            RoleCommand.Admin.class,
            PublishCommand.class,
            SubscribeCommand.class,
            TailCommand.class,
            TargetsCommand.class,
            TopicsCommand.class,
            StoreCommand.class,
            KeysetCommand.class,
            ReceiveCommand.class,
            BenchCommand.class,
            ConfigCommand.class
        })
public final class AjbusCommand implements Runnable {

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ajbus " + BusVersion.current()};
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /**
     * Runs one command line. Results go to standard output, everything else to standard error.
     *
     * @return the exit code: 0 done, 1 failed, 2 bad input
     */
    public static int execute(String... args) {
        return new CommandLine(new AjbusCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(AjbusCommand::failed)
                .execute(args);
    }

    /** The one place where a command's failure becomes a sentence and an exit code. */
    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String message = failure.getMessage();
        command.getErr().println("ajbus: " + (message == null ? failure.toString() : message));
        return failure instanceof ConfigException
                        || failure instanceof BadInputException
                        || failure instanceof RejectedEventException
                ? BAD_INPUT
                : FAILED;
    }
}
