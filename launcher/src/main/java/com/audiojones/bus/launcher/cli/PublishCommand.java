package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.publish.PublishFailedException;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.topic.Topics;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes events: one, or one for each line of a file. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes one event, or one for each line of a file, and waits until they are durable.")
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private BusLocation location = new BusLocation();

    @Mixin
    private EventOptions options = new EventOptions();

    @Parameters(
            paramLabel = "TOPIC|TYPE",
            description = "a topic (audit.user, events.status, ...): the data is the whole event; "
                    + "or a type (user.login, status_change, ...): the data is its payload")
    private String topicOrType = "";

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** Where the data comes from. */
    private static final class Source {
        @Option(names = "--data", required = true, paramLabel = "JSON", description = "the event, or its payload")
        private @Nullable String data;

        @Option(
                names = "--file",
                required = true,
                paramLabel = "FILE",
                description = "a file with one event, or payload, in each line; - for standard input")
        private @Nullable String file;
    }

    @Override
    public Integer call() throws InterruptedException {
        EventLine line = line();
        if (source.data == null) {
            return new PublishFile(String.valueOf(source.file), line).run(location);
        }
        line.check(source.data);
        QuietKafka.begin();
        try (EventBus bus = location.connect()) {
            Published published = line.publish(bus, source.data).join();
            Published.Position position = published.position();
            System.out.printf(
                    "published %s to %s, partition %d, offset %d%n",
                    published.eventId(),
                    published.topic(),
                    position == null ? -1 : position.partition(),
                    position == null ? -1 : position.offset());
            return 0;
        } catch (CompletionException e) {
            throw e.getCause() instanceof PublishFailedException failed ? failed : e;
        }
    }

    private EventLine line() {
        if (isTopic()) {
            options.refuseWithTopic();
            return EventLine.onTopic(topicOrType);
        }
        boolean audit = Topics.family(Topics.forType(topicOrType)).orElseThrow() == EventFamily.AUDIT;
        return audit ? options.audit(topicOrType) : options.aj(topicOrType);
    }

    /** Two segments that start like a topic are meant as one, known or not. */
    private boolean isTopic() {
        boolean looksLikeOne = topicOrType.matches("(audit|events)\\.[^.]*");
        return looksLikeOne || Topics.family(topicOrType).isPresent();
    }
}
