/** AJBUS_LONG=1 runs the same checks with more events and more rounds. */
export const long = process.env.AJBUS_LONG === '1';
