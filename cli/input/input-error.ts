/** What the error codes of Node.js mean to a user whose file cannot be read. */
const REASONS = new Map([
  ['Z_BUF_ERROR', 'the gzip data ends early'],
  ['Z_DATA_ERROR', 'the gzip data is damaged'],
  ['ENOENT', 'no such file'],
  ['EACCES', 'permission denied'],
]);

/** Why something cannot be read: in plain words where the code is known, else the message of the error. */
export const reasonOf = (error: Error & { readonly code?: string }): string => REASONS.get(error.code ?? '') ?? error.message;
