package com.audiojones.bus.launcher.acl;

import com.audiojones.bus.topic.Party;
import com.audiojones.bus.topic.TopicSpec;
import com.audiojones.bus.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The least that a cluster with access rules has to allow, as commands for {@code kafka-acls}. One principal for each role,
 * one that makes topics, one for publishers and one for an application that subscribes.
 */
public final class Acls {

    /** Who makes the topics, before any role starts. */
    static final String OPERATOR = "ajbus-operator";

    private static final List<Party> ROLES = List.of(Party.ROUTER, Party.DISPATCHER, Party.SINK, Party.ADMIN);

    private final List<String> lines = new ArrayList<>();
    private final String application;

    private Acls(String application) {
        this.application = application;
    }

    /**
     * {@return the commands, a line each, with comments}
     *
     * @param application the application that subscribes
     */
    public static List<String> commands(String application) {
        Acls acls = new Acls(application);
        acls.operator();
        ROLES.forEach(acls::role);
        acls.publisher();
        acls.subscriber();
        return acls.lines;
    }

    private void operator() {
        lines.add("# ajbus topics create, ajbus topics check");
        allow(OPERATOR, List.of("Create", "Describe", "DescribeConfigs"), topics(all()));
    }

    private void role(Party role) {
        String principal = principal(role);
        lines.add("# ajbus " + role.name().toLowerCase(Locale.ROOT));
        allow(principal, List.of("Describe", "DescribeConfigs"), topics(all()));
        allow(principal, List.of("Read"), topics(role.reads()));
        allow(principal, List.of("Write"), topics(role.writes()));
        if (!role.groups().isEmpty()) {
            allow(principal, List.of("Read"), groups(role.groups().keySet()));
        }
        switch (role) {
            case ROUTER -> router(principal);
            case ADMIN -> strayTopics(principal);
            case DISPATCHER, SINK, PUBLISHER, SUBSCRIBER -> {}
        }
    }

    /** It commits with transactions, and Kafka Streams keeps topics of its own. */
    private void router(String principal) {
        allow(principal, List.of("Write", "Describe"), prefixed("transactional-id", "ajbus-router-"));
        allow(principal, List.of("Write", "Describe"), prefixed("transactional-id", Party.STATUS_PREFIX));
        allow(
                principal,
                List.of("Create", "Describe", "DescribeConfigs", "Read", "Write", "Delete"),
                prefixed("topic", Party.STATUS_PREFIX));
    }

    /** Its health page names topics that look like those of publishers and are none. */
    private void strayTopics(String principal) {
        allow(principal, List.of("Describe"), prefixed("topic", "audit.") + " --topic events.");
    }

    private void publisher() {
        lines.add("# publishers in any language");
        allow("publisher", List.of("Write"), topics(Party.PUBLISHER.writes()));
    }

    private void subscriber() {
        lines.add("# the application " + application + ", which subscribes from Java");
        allow(application, List.of("Read"), topics(Party.SUBSCRIBER.reads()));
        allow(application, List.of("Read"), prefixed("group", application + "."));
        allow(application, List.of("Create", "Read", "Write"), prefixed("topic", "bus.sub." + application + "."));
    }

    private void allow(String principal, List<String> operations, String resources) {
        StringBuilder line =
                new StringBuilder("kafka-acls \"${CLUSTER[@]}\" --add --allow-principal User:" + principal);
        operations.forEach(operation -> line.append(" --operation ").append(operation));
        lines.add(line.append(resources).toString());
    }

    private static String principal(Party role) {
        return "ajbus-" + role.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> all() {
        return Topics.all().stream().map(TopicSpec::name).sorted().toList();
    }

    private static String topics(Collection<String> names) {
        return " --topic " + String.join(" --topic ", names);
    }

    private static String groups(Collection<String> names) {
        return " --group " + String.join(" --group ", names);
    }

    private static String prefixed(String kind, String prefix) {
        return " --resource-pattern-type prefixed --" + kind + " " + prefix;
    }
}
