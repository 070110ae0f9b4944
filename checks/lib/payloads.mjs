import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const collections = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'];

/** Every example payload of the package, as `{event, raw}` with its compact JSON text. */
export function githubPayloads() {
  return collections
    .flatMap((name) => require(`@octokit/webhooks-examples/${name}/index.json`))
    .flatMap(({ name, examples }) => examples.map((example) => ({ event: name, raw: JSON.stringify(example) })));
}

/** JSON texts that a parser and a writer between sender and receiver would change. */
export const oddPayloads = [
  '{ "spaces" : [ 1 , 2 ,\t3 ] ,\r\n  "after" : { } , "empty": [ ]\n}',
  '{"b":1,"a":2,"10":3,"9":4,"__proto__":{"x":1},"constructor":null,"":"empty name"}',
  '{"int":12345678901234567890123,"one":1.0,"long":0.10000000000000000000000001,"exp":[1E+2,1e2,100e0,1.5e-7],"minus":-0,"minusZero":-0.0}',
  `{"digits":${'7'.repeat(800)}}`,
  '{"raw":"Grüße, 東京, 🎧","escaped":"Gr\\u00fc\\u00DFe \\ud83c\\udfa7","slash":"\\/path\\/to","quote":"\\"}],\\\\"}',
  '{"controls":"\\b\\f\\n\\r\\t\\u0000\\u001f","separators":"\u2028\u2029"}',
  '{"combining":"e\u0301 and \u00e9","bidi":"\u202eabc\u202c","bom":"\ufeff","noncharacter":"\uffff","html":"<script>&amp;</script>"}',
  `{"deep":${'['.repeat(100)}"here"${']'.repeat(100)}}`,
  `{"wide":{${Array.from({ length: 2000 }, (_, i) => `"k${i * 7919 % 2000}":${i}`).join(',')}}}`,
  `{"text":"${'0123456789abcdef'.repeat(12_000)}"}`,
  '[]',
  '[ {"an":"array"}, null, true ]',
  '{}',
  '{\n}',
  '"just a string with \\u0022 quotes"',
  '-12.50',
  'true',
  'false',
  'null',
];
