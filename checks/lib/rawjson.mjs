const quote = 0x22;
const backslash = 0x5c;
const isSpace = (byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const opens = (byte) => byte === 0x7b || byte === 0x5b;
const closes = (byte) => byte === 0x7d || byte === 0x5d;

/** The exact bytes of the member `name` of a JSON object, as they stand: nothing is decoded or written anew. */
export function memberBytes(json, name) {
  const wanted = Buffer.from(JSON.stringify(name));
  let at = skipSpace(json, 0) + 1;
  for (;;) {
    const key = skipSpace(json, at);
    if (json[key] !== quote) return null;
    const keyEnd = valueEnd(json, key);
    const value = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = valueEnd(json, value);
    if (json.subarray(key, keyEnd).equals(wanted)) return json.subarray(value, end);
    at = skipSpace(json, end) + 1;
  }
}

function skipSpace(json, from) {
  let at = from;
  while (isSpace(json[at])) at++;
  return at;
}

/** The offset behind the value that starts at `from`: a string, an object or array, or a bare word or number. */
function valueEnd(json, from) {
  let depth = 0;
  let at = from;
  do {
    const byte = json[at];
    if (byte === undefined) throw new Error('the JSON text ends inside a value');
    if (byte === quote) at = stringEnd(json, at);
    else if (opens(byte) || closes(byte)) {
      depth += opens(byte) ? 1 : -1;
      at++;
    } else at = depth > 0 ? at + 1 : wordEnd(json, at);
  } while (depth > 0);
  return at;
}

function stringEnd(json, from) {
  let at = from + 1;
  while (json[at] !== quote) {
    if (json[at] === undefined) throw new Error('the JSON text ends inside a string');
    at += json[at] === backslash ? 2 : 1;
  }
  return at + 1;
}

function wordEnd(json, from) {
  let at = from;
  while (at < json.length && json[at] !== 0x2c && !closes(json[at]) && !isSpace(json[at])) at++;
  return at;
}
