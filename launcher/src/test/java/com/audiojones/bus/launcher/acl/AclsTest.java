package com.audiojones.bus.launcher.acl;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.topic.Party;
import com.audiojones.bus.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AclsTest {

    private final List<String> commands = Acls.commands("billing");

    @ParameterizedTest
    @EnumSource(
            value = Party.class,
            names = {"ROUTER", "DISPATCHER", "SINK", "ADMIN"})
    void aRoleMayReadAndWriteWhatItDoesAndNothingElse(Party role) {
        String principal = "User:ajbus-" + role.name().toLowerCase(Locale.ROOT) + " ";

        assertThat(topicsOf(principal + "--operation Read --topic ")).isEqualTo(role.reads());
        assertThat(topicsOf(principal + "--operation Write --topic ")).isEqualTo(role.writes());
        assertThat(topicsOf(principal + "--operation Describe --operation DescribeConfigs --topic "))
                .hasSize(Topics.all().size());
    }

    @Test
    void publishersMayWriteIngestTopicsAndNoMore() {
        assertThat(commands.stream().filter(line -> line.contains("User:publisher ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("--operation Write --topic audit.ai --topic "));
        assertThat(topicsOf("User:publisher --operation Write --topic "))
                .containsExactlyInAnyOrderElementsOf(Topics.ingest());
    }

    @Test
    void anApplicationHasTheGroupsAndTopicsOfItsName() {
        assertThat(commands)
                .contains(
                        "kafka-acls \"${CLUSTER[@]}\" --add --allow-principal User:billing --operation Read"
                                + " --resource-pattern-type prefixed --group billing.",
                        "kafka-acls \"${CLUSTER[@]}\" --add --allow-principal User:billing --operation Create"
                                + " --operation Read --operation Write --resource-pattern-type prefixed --topic bus.sub.billing.");
    }

    private TreeSet<String> topicsOf(String start) {
        return new TreeSet<>(commands.stream()
                .filter(line -> line.contains(start))
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf(" --topic ") + 9).split(" --topic ")))
                .toList());
    }
}
