package com.audiojones.bus.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Webhook targets. */
@Command(
        name = "targets",
        mixinStandardHelpOptions = true,
        description = "Adds, lists and removes webhook targets.",
        subcommands = {TargetsCommand.Add.class, TargetsCommand.ListAll.class, TargetsCommand.Remove.class})
final class TargetsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected add, list or remove");
    }

    /** Adds one. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a target; events published after it returns are delivered to it.")
    static final class Add implements Callable<Integer> {

        @Mixin
        private BusLocation location = new BusLocation();

        @Parameters(paramLabel = "URL", description = "where to POST to")
        private String url = "";

        @Option(names = "--secret", description = "at least 32 characters; left out: one is made and printed once")
        private @Nullable String secret;

        @Option(
                names = "--events",
                split = ",",
                paramLabel = "PATTERN",
                description = "names or types, such as audit.user,status_*; left out: all events")
        private List<String> events = List.of();

        @Option(names = "--allow-http", description = "deliver over plain http too, in clear")
        private boolean allowHttp;

        @Option(names = "--description", defaultValue = "", description = "for people")
        private String description = "";

        @Override
        public Integer call() throws InterruptedException {
            ObjectNode target = new ObjectMapper().createObjectNode();
            target.put("url", url);
            if (secret != null) {
                target.put("secret", secret);
            }
            ArrayNode patterns = target.putArray("events");
            events.forEach(patterns::add);
            target.put("description", description);
            if (allowHttp) {
                target.put("allow_http", true);
            }
            JsonNode created = new AdminClient(location.adminUrl(), location.adminKey())
                    .call("POST", "targets", target.toString());
            System.out.println("added " + created.path("id").asText() + " " + url);
            if (created.path("secret").isTextual()) {
                System.out.println("secret " + created.path("secret").asText() + " (shown this once)");
            }
            return 0;
        }
    }

    /** Lists all. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the targets.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private BusLocation location = new BusLocation();

        @Override
        public Integer call() throws InterruptedException {
            JsonNode targets = new AdminClient(location.adminUrl(), location.adminKey())
                    .call("GET", "targets", null)
                    .path("targets");
            for (JsonNode target : targets) {
                System.out.printf(
                        "%s %s %s %s%n",
                        target.path("id").asText(),
                        target.path("active").asBoolean() ? "active" : "inactive",
                        target.path("url").asText(),
                        target.path("events"));
            }
            if (targets.isEmpty()) {
                System.err.println("no targets yet: ajbus targets add URL");
            }
            return 0;
        }
    }

    /** Removes one. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a target.")
    static final class Remove implements Callable<Integer> {

        @Mixin
        private BusLocation location = new BusLocation();

        @Parameters(paramLabel = "ID", description = "as 'targets list' prints it")
        private String id = "";

        @Override
        public Integer call() throws InterruptedException {
            new AdminClient(location.adminUrl(), location.adminKey())
                    .call("DELETE", "targets/" + URLEncoder.encode(id, StandardCharsets.UTF_8), null);
            System.out.println("removed " + id);
            return 0;
        }
    }
}
