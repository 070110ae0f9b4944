package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFilterTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String BODY = """
            {"event_id":"evt_1","event_type":"status_change",
             "payload":{"amount":100.0,"small":1e-3,"big":12345678901234567890.1,"name":"Ärger","time":"2025-11-11T10:00:00Z",
                        "ok":true,"none":null,"empty":"","items":[{"sku":"a"},{"sku":"b"},7],"0":"zero","object":{}},
             "metadata":{"source":"api"}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'payload.amount':100}                        | true",
                "{'payload.amount':100.00}                     | true",
                "{'payload.amount':1e2}                        | true",
                "{'payload.amount':'100'}                      | false",
                "{'payload.amount':{'$eq':100}}                | true",
                "{'payload.amount':{'$ne':100}}                | false",
                "{'payload.amount':{'$ne':'100'}}              | true",
                "{'payload.amount':{'$gt':99.9}}               | true",
                "{'payload.amount':{'$gt':100}}                | false",
                "{'payload.amount':{'$gte':100}}               | true",
                "{'payload.amount':{'$lt':100}}                | false",
                "{'payload.amount':{'$lte':100}}               | true",
                "{'payload.amount':{'$gt':'99'}}               | false",
                "{'payload.amount':{'$gt':50,'$lt':100}}       | false",
                "{'payload.amount':{'$gt':50,'$lt':100.5}}     | true",
                "{'payload.amount':{'$in':[1,100]}}            | true",
                "{'payload.amount':{'$in':['100',null]}}       | false",
                "{'payload.amount':{'$nin':[1,100]}}           | false",
                "{'payload.amount':{'$nin':[1,2]}}             | true",
                "{'payload.small':0.001}                       | true",
                "{'payload.big':12345678901234567890.1}        | true",
                "{'payload.big':12345678901234567890.2}        | false",
                "{'payload.big':{'$gt':12345678901234567890}}  | true",
                "{'payload.name':'Ärger'}                      | true",
                "{'payload.name':'ärger'}                      | false",
                "{'payload.empty':''}                          | true",
                "{'payload.time':{'$gte':'2025-11-11'}}        | true",
                "{'payload.time':{'$lt':'2025-11-11'}}         | false",
                "{'payload.ok':true}                           | true",
                "{'payload.ok':'true'}                         | false",
                "{'payload.ok':1}                              | false",
                "{'payload.items.0.sku':'a'}                   | true",
                "{'payload.items.1.sku':{'$in':['b']}}         | true",
                "{'payload.items.2':7}                         | true",
                "{'payload.items.3':{'$exists':true}}          | false",
                "{'payload.items.00.sku':'a'}                  | false",
                "{'payload.items.-1':7}                        | false",
                "{'payload.items':{'$exists':true}}            | true",
                "{'payload.items':'a'}                         | false",
                "{'payload.items':null}                        | false",
                "{'payload.object':{'$ne':'a'}}                | true",
                "{'payload.0':'zero'}                          | true",
                "{'metadata.source':'api','payload.ok':true}   | true",
                "{'metadata.source':'api','payload.ok':false}  | false",
                "{'metadata':{'$exists':true},'metadata.source':'api'} | true"
            })
    void valuesAreComparedByKind(String filter, boolean expected) throws JsonProcessingException {
        assertThat(matches(filter, BODY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'payload.none':null}                  | true",
                "{'payload.gone':null}                  | true",
                "{'payload.gone.deeper':null}           | true",
                "{'payload.name.deeper':null}           | true",
                "{'payload.name':null}                  | false",
                "{'payload.none':{'$exists':true}}      | true",
                "{'payload.none':{'$exists':false}}     | false",
                "{'payload.gone':{'$exists':false}}     | true",
                "{'payload.gone':{'$exists':true}}      | false",
                "{'payload.gone':''}                    | false",
                "{'payload.gone':0}                     | false",
                "{'payload.gone':false}                 | false",
                "{'payload.gone':{'$ne':null}}          | false",
                "{'payload.gone':{'$ne':1}}             | true",
                "{'payload.gone':{'$in':[1,null]}}      | true",
                "{'payload.gone':{'$nin':[1,null]}}     | false",
                "{'payload.gone':{'$gt':0}}             | false",
                "{'payload.gone':{'$lte':0}}            | false",
                "{'payload.gone':{'$not':{'$gt':0}}}    | true",
                "{'payload.none':{'$gte':null}}         | refused"
            })
    void aPathWithoutValueIsEqualToNullOnly(String filter, String expected) throws JsonProcessingException {
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> filter(filter)).hasMessageContaining("$gte: expected a number or text, got null");
        } else {
            assertThat(matches(filter, BODY)).isEqualTo(Boolean.parseBoolean(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$and':[{'payload.ok':true},{'metadata.source':'api'}]}                          | true",
                "{'$and':[{'payload.ok':true},{'metadata.source':'web'}]}                          | false",
                "{'$or':[{'payload.ok':false},{'metadata.source':'api'}]}                          | true",
                "{'$or':[{'payload.ok':false},{'metadata.source':'web'}]}                          | false",
                "{'$not':{'payload.ok':true}}                                                      | false",
                "{'$not':{'payload.ok':true,'metadata.source':'web'}}                              | true",
                "{'payload.amount':{'$not':{'$gt':50,'$lt':99}}}                                   | true",
                "{'payload.ok':true,'$or':[{'payload.amount':1},{'payload.amount':{'$gt':99}}]}    | true",
                "{'$and':[{'$or':[{'$not':{'$and':[{'payload.ok':false}]}}]}]}                     | true"
            })
    void conditionsAreCombined(String filter, boolean expected) throws JsonProcessingException {
        assertThat(matches(filter, BODY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"payload\":{\"ok\":true}", "{\"payload\":{\"ok\":true}}{}", "nope", "\u0000"})
    void aBodyThatIsNoJsonNeverMatches(String body) throws JsonProcessingException {
        assertThat(matches("{'payload.gone':null}", body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"payload\"", "null"})
    void aBodyOfAnotherKindHasNoValues(String body) throws JsonProcessingException {
        assertThat(matches("{'payload.ok':{'$exists':false}}", body)).isTrue();
        assertThat(matches("{'payload.ok':true}", body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483649", "1e99999999999", "-1E-99999999999"})
    void aNumberThatNothingCanHoldIsEqualToNoOther(String number) throws JsonProcessingException {
        String body = "{\"payload\":{\"amount\":" + number + "}}";

        assertThat(matches("{'payload.amount':{'$gt':0}}", body)).isFalse();
        assertThat(matches("{'payload.amount':{'$exists':true}}", body)).isTrue();
    }

    @Test
    void numbersOfManyDigitsAndDeepBodiesCostNoMoreThanTheirReading() throws JsonProcessingException {
        String digits = "9".repeat(250_000);
        String deep = "[".repeat(500) + "]".repeat(500);
        String body = "{\"payload\":{\"a\":" + digits + ",\"b\":" + digits + ",\"c\":1e1000000000,\"d\":" + deep
                + ",\"ok\":true}}";

        assertThat(matches("{'payload.ok':true}", body)).isTrue();
        assertThat(matches("{'payload.a':{'$gt':1}}", body)).isFalse();
        assertThat(matches("{'payload.c':{'$gt':1}}", body)).isTrue();
        assertThat(matches("{'payload.c':{'$lte':1e-1000}}", body)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | filter: expected an object with at least one condition, got []",
                "'a' | filter: expected an object with at least one condition, got \"a\"",
                "{} | filter: expected an object with at least one condition, got {}",
                "{'':1} | filter.: expected a path such as payload.amount",
                "{'a..b':1} | filter.a..b: expected a path",
                "{'.a':1} | filter..a: expected a path",
                "{'$where':'sleep(1)'} | filter.$where: expected a path, $and, $or or $not, got another",
                "{'$nor':[]} | filter.$nor: expected a path, $and, $or or $not",
                "{'$and':[]} | filter.$and: expected a list of at least one filter, got []",
                "{'$or':{'a':1}} | filter.$or: expected a list of at least one filter, got {\"a\":1}",
                "{'$or':[{'a':1},7]} | filter.$or[1]: expected an object with at least one condition, got 7",
                "{'$not':[]} | filter.$not: expected an object with at least one condition",
                "{'a':{}} | filter.a: expected at least one operator, got {}",
                "{'a':[1]} | filter.a: expected text, a number, true, false or null, got [1]",
                "{'a':{'b':1}} | filter.a.b: expected one of $eq, $ne, $gt",
                "{'a':{'$regex':'(a+)+$'}} | filter.a.$regex: expected one of $eq, $ne, $gt",
                "{'a':{'$eq':{}}} | filter.a.$eq: expected text, a number, true, false or null, got {}",
                "{'a':{'$gt':true}} | filter.a.$gt: expected a number or text, got true",
                "{'a':{'$in':1}} | filter.a.$in: expected a list of at least one value, got 1",
                "{'a':{'$in':[]}} | filter.a.$in: expected a list of at least one value, got []",
                "{'a':{'$in':[[1]]}} | filter.a.$in[0]: expected text, a number, true, false or null, got [1]",
                "{'a':{'$exists':1}} | filter.a.$exists: expected true or false, got 1",
                "{'a':{'$not':1}} | filter.a.$not: expected an object of operators, got 1",
                "{'a':{'$not':{}}} | filter.a.$not: expected at least one operator, got {}",
                "{'a':1e2000} | filter.a: expected text, a number, true, false or null, got",
                "{'a':{'$lt':1e999999999}} | filter.a.$lt: expected text, a number"
            })
    void whatIsNoFilterIsNamedByItsPlace(String filter, String reason) {
        assertThatThrownBy(() -> filter(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theBoundsAreAllowedAndNoMore() throws JsonProcessingException {
        assertThat(matches(nested(5), BODY)).isTrue();
        assertThatThrownBy(() -> filter(nested(6))).hasMessageContaining("expected at most 5 levels of $and, $or and");
        assertThatThrownBy(() -> filter("{'a':" + "{'$not':".repeat(5) + "{'$eq':1}" + "}".repeat(6)))
                .hasMessageContaining("expected at most 5 levels");
        assertThat(filter(conditions(50)).toJson().size()).isEqualTo(50);
        assertThatThrownBy(() -> filter(conditions(51))).hasMessageContaining("expected at most 50 conditions");
        assertThatThrownBy(() -> filter("{'a':{'$in':[" + "1,".repeat(50) + "1]}}"))
                .hasMessageContaining("filter.a.$in[50]: expected at most 50 conditions");
        assertThat(matches("{'a':'" + "x".repeat(500) + "'}", BODY)).isFalse();
        assertThatThrownBy(() -> filter("{'a':'" + "x".repeat(501) + "'}"))
                .hasMessageContaining("filter.a: expected at most 500 characters, got \"xxx");
        assertThatThrownBy(() -> filter("{'" + "x".repeat(201) + "':1}"))
                .hasMessageContaining("at most 200 characters");
        assertThatThrownBy(() -> filter("{'a" + ".a".repeat(20) + "':1}")).hasMessageContaining("20 names");
    }

    @Test
    void numbersThatNoJsonHasAreRefused() {
        JsonNode filter = JsonNodeFactory.instance.objectNode().put("a", Double.NaN);

        assertThatThrownBy(() -> PayloadFilter.of(filter)).hasMessageContaining("filter.a: expected text, a number");
    }

    @Test
    void filtersAreEqualWhateverTheOrderOfMembersAndTheFormOfNumbers() throws JsonProcessingException {
        PayloadFilter filter = filter("{'b':1,'a':{'$lt':5.50,'$gt':1e2}}");

        assertThat(filter)
                .isEqualTo(filter("{'a':{'$gt':100.0,'$lt':5.5},'b':1.0}"))
                .hasSameHashCodeAs(filter("{'a':{'$gt':100.0,'$lt':5.5},'b':1.0}"))
                .isNotEqualTo(filter("{'a':{'$gt':100.0,'$lt':5.5},'b':2}"))
                .hasToString("{\"a\":{\"$gt\":100,\"$lt\":5.5},\"b\":1}");
        assertThat(PayloadFilter.of(filter.toJson())).isEqualTo(filter);
    }

    private static String nested(int levels) {
        return "{'$and':[".repeat(levels - 1) + "{'payload.ok':true}" + "]}".repeat(levels - 1);
    }

    private static String conditions(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'p" + i + "':1").collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean matches(String filter, String body) throws JsonProcessingException {
        return filter(filter).matches(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Single quotes stand for double ones. */
    private static PayloadFilter filter(String json) throws JsonProcessingException {
        return PayloadFilter.of(MAPPER.readTree(json.replace('\'', '"')));
    }
}
