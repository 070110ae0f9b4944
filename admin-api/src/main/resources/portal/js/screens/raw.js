const shownBytes = 4_096;
const rowBytes = 16;

export const toBytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The text in bytes; null where they are none. */
export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes as rows of offset, hexadecimal digits and ASCII characters; of many, the first. */
export function hexOf(bytes) {
  const rows = [];
  for (let begin = 0; begin < Math.min(bytes.length, shownBytes); begin += rowBytes) {
    const row = [...bytes.slice(begin, begin + rowBytes)];
    const digits = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const characters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${begin.toString(16).padStart(6, '0')}  ${digits.padEnd(3 * rowBytes)} ${characters}`);
  }
  return rows.join('\n') + (bytes.length > shownBytes ? `\n… ${bytes.length - shownBytes} more bytes` : '');
}
