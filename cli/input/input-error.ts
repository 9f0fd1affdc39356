/** What the error codes of Node.js mean to a user whose file cannot be read or written. */
const REASONS = new Map([
  ['Z_BUF_ERROR', 'the gzip data ends early'],
  ['Z_DATA_ERROR', 'the gzip data is damaged'],
  ['ENOENT', 'no such file'],
  ['EEXIST', 'a file is in the place of a folder'],
  ['ENOTDIR', 'a file is in the place of a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'its links lead in a circle'],
]);

type CodedError = Error & { readonly code?: string };

/** Why something cannot be read: in plain words where the code is known, else the message of the error. */
export const reasonOf = (error: CodedError): string => REASONS.get(error.code ?? '') ?? error.message;

/** The same of a file that is to be written, which need not exist. */
export const reasonNotWritten = (error: CodedError): string => (error.code === 'ENOENT' ? 'there is no such folder' : reasonOf(error));
