/** Records, or all of them, that cannot be read: why, in words for the user. */
export const YAML_RECORDS =
  'records in YAML cannot be read here: pipe the output of yq -p yaml -o json FILE into this command, with - as its path';

/** Why a record cannot be read, in words for the user. */
export const TOO_LONG = 'longer than 16 million characters';
export const NO_RECORD_COLUMN = 'no column has the record: query @message as well, or read the logs that were queried';
