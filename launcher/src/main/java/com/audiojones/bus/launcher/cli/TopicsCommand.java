package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.launcher.acl.Acls;
import com.audiojones.bus.launcher.role.BusSettings;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The topics of the bus on a cluster that is there. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Makes and checks the topics of the bus on a Kafka cluster; prints the rights that it needs there.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class, TopicsCommand.PrintAcls.class})
final class TopicsCommand implements Runnable {

    /** Short enough for an answer within half a minute, whichever step it is that gets none. */
    private static final Duration STEP = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected create, check or acls");
    }

    private static TopicAdmin admin(ConfigFile config) {
        BusSettings settings = BusSettings.read(config.open());
        QuietKafka.begin();
        return new TopicAdmin(settings.kafka(), settings.topics(), STEP);
    }

    /** Makes what is missing. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes the topics that are missing, and checks the others. Roles do so too when they start.")
    static final class Create implements Callable<Integer> {

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Override
        public Integer call() throws InterruptedException {
            List<String> made = admin(config).ensure();
            made.forEach(name -> System.out.println("made " + name));
            int all = Topics.all().size();
            System.out.println("all " + all + " topics are as they must be, " + made.size() + " of them are new");
            return 0;
        }
    }

    /** Checks what is there. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says which topics are missing or not as they must be. Changes nothing.")
    static final class Check implements Callable<Integer> {

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Override
        public Integer call() throws InterruptedException {
            admin(config).check();
            System.out.println("all " + Topics.all().size() + " topics are as they must be");
            return 0;
        }
    }

    /** Prints access rules. */
    @Command(
            name = "acls",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the kafka-acls commands that give each role, publishers and a subscriber what they need, and no more.")
    static final class PrintAcls implements Callable<Integer> {

        @Option(
                names = "--application",
                paramLabel = "NAME",
                defaultValue = "my-application",
                description = "the application that subscribes, as it calls itself (default: ${DEFAULT-VALUE})")
        private String application = "";

        @Override
        public Integer call() {
            System.out.println("CLUSTER=(--bootstrap-server HOST:PORT --command-config FILE)");
            Acls.commands(application).forEach(System.out::println);
            return 0;
        }
    }
}
