// How much of a policy is compiled between two pauses.

/** Rows: well below a millisecond of work. */
export const ROWS_PER_STEP = 256;
