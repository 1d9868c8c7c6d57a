/** Of this program, as its package says it; the edge can't read that file. */
export const program = '0.1.0'
