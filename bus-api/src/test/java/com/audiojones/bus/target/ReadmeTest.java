package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says of targets is so. */
class ReadmeTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @Test
    void theTableNamesEveryFieldThatAPersonMaySetAndNoOther() throws IOException {
        assertThat(found(ROW, section("## Targets", "### Filters"))).containsExactlyElementsOf(TargetCodec.EDITABLE);
    }

    @Test
    void theTargetShownIsOne() throws IOException, InvalidTargetException {
        for (String json : found(JSON, section("## Targets", "### Filters"))) {
            Target target = TargetCodec.fromRequest("t", json.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);

            assertThat(target.options()).isNotEqualTo(TargetOptions.NONE);
        }
    }

    @Test
    void theBodyShownMatchesEveryFilterShown() throws IOException {
        List<String> blocks = found(JSON, section("### Filters", "## Settings"));
        byte[] body = blocks.getFirst().getBytes(StandardCharsets.UTF_8);

        assertThat(blocks).hasSizeGreaterThan(3);
        for (String filter : blocks.subList(1, blocks.size())) {
            assertThat(PayloadFilter.of(new ObjectMapper().readTree(filter)).matches(body))
                    .as(filter)
                    .isTrue();
        }
    }

    private static String section(String from, String to) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf(from), readme.indexOf(to));
    }

    private static List<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }
}
