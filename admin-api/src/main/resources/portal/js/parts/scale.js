/** The least of 1, 2, 4, 6, 8 times a power of ten that is not below a value, and at least 4. */
export function niceTop(value) {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}

/** Where the lines of the grid are. */
export const ticks = (top) => [0, 1, 2, 3, 4].map((quarter) => (top * quarter) / 4).filter((value) => Number.isInteger(value) || top <= 1);
