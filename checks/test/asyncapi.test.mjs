import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const document = readJson(new URL('../../docs/asyncapi.json', import.meta.url));
const specification = readJson(createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json'));

test('docs/asyncapi.json is AsyncAPI 3.0.0, says the schema of its makers', () => {
  // The schema brings the schema of schemas with it.
  const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
  addFormats(ajv);
  const validate = ajv.compile(specification);

  assert.ok(validate(document), ajv.errorsText(validate.errors?.slice(0, 10), { separator: '\n', dataVar: 'docs/asyncapi.json' }));
  assert.equal(validate({ ...document, channels: { 'audit.user': { address: 1 } } }), false, 'a channel without a name passes');
});

test('every reference in docs/asyncapi.json leads somewhere', () => {
  const references = [];
  JSON.stringify(document, (key, value) => (key === '$ref' && references.push(value), value));

  assert.ok(references.length > 50);
  for (const reference of references) {
    const found = reference.split('/').slice(1).reduce((node, name) => node?.[name], document);
    assert.ok(found, `${reference} leads nowhere`);
  }
});
