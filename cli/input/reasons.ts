/** Why a record cannot be read, in words for the user. */
export const TOO_LONG = 'longer than 16 million characters';
export const NO_RECORD_COLUMN = 'no column has the record: query @message as well';
