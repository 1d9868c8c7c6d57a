/** Of the operator, in every home of the suite. */
export const adminKey = 'the key of a test, 0123456789'
