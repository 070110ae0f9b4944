package com.audiojones.bus.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one suite found.
 *
 * @param suite its name
 * @param conditions what it ran with and on, by name
 * @param figures what it measured
 */
public record Report(String suite, Map<String, String> conditions, List<Figure> figures) {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Copies the figures in. */
    public Report {
        figures = List.copyOf(figures);
    }

    /** The lines of a table: medians, and how many times worse than the ceiling. */
    public List<String> table() {
        String head = String.format(
                Locale.ROOT, "%-44s %12s%12s %6s  %-11s %s", suite, "bus", "ceiling", "ratio", "bar", "unit");
        return Stream.concat(Stream.of(head), figures.stream().map(Figure::line))
                .toList();
    }

    /** Writes everything, each pass included. */
    public void writeTo(Path file) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("suite", suite);
        ObjectNode with = json.putObject("conditions");
        conditions.forEach(with::put);
        ArrayNode all = json.putArray("figures");
        figures.forEach(figure -> write(figure, all.addObject()));
        Files.write(file, MAPPER.writeValueAsBytes(json));
    }

    private static void write(Figure figure, ObjectNode json) {
        json.put("name", figure.name());
        json.put("unit", figure.unit());
        write(figure.system(), json.putObject("bus"));
        Series ceiling = figure.ceiling();
        if (ceiling != null) {
            ObjectNode node = json.putObject("ceiling");
            node.put("is", figure.ceilingIs());
            write(ceiling, node);
            json.put("better", figure.better().name().toLowerCase(Locale.ROOT));
            json.put("ratio", figure.ratio());
        }
        if (figure.bar() != null) {
            json.put("bar", figure.bar());
            json.put("met", figure.isMet());
        }
    }

    private static void write(Series series, ObjectNode json) {
        json.put("median", series.median());
        ArrayNode passes = json.putArray("passes");
        series.values().forEach(passes::add);
    }
}
