import { isObject, type Json } from '../../engine/records/json';
import { eventTime } from '../../engine/records/event-time';
import { timeOf } from './time';

/** Members of a record outside of its bodies, in which names are those of the model and of callers. */
const MEMBERS = [
  ...[
    'schemaType',
    'schemaVersion',
    'timestamp',
    'accountId',
    'identity',
    'region',
    'requestId',
    'operation',
    'modelId',
    'input',
    'output',
  ],
  ...['errorCode', 'inferenceRegion', 'requestMetadata', 'arn'],
  ...['inputContentType', 'inputBodyJson', 'inputBodyS3Path', 'inputTokenCount', 'cacheReadInputTokenCount', 'cacheWriteInputTokenCount'],
  ...['outputContentType', 'outputBodyJson', 'outputBodyS3Path', 'outputTokenCount'],
];

const SPELLINGS: ReadonlyMap<string, string> = new Map(MEMBERS.map((member) => [member.toLowerCase(), member]));

/** Members with members of a record of their own. */
const WITH_MEMBERS = ['identity', 'input', 'output'];

/** Athena and the AWS Glue Data Catalog write the names of columns, and of what is in them, in lower case. */
export const isInLowerCase = (value: unknown): value is Json =>
  isObject(value) && Object.hasOwn(value, 'modelid') && Object.hasOwn(value, 'timestamp') && !Object.hasOwn(value, 'modelId');

/** The same record with the names that Bedrock writes. Columns without a value are left out, as Bedrock leaves them out. */
export function inBedrocksSpelling(record: Json): Json {
  const members = Object.entries(record).filter(([, value]) => value !== null);
  return Object.fromEntries(
    members.map(([name, value]): [string, unknown] => {
      const member = SPELLINGS.get(name) ?? name;
      if (member === 'timestamp') return [member, isoTime(value)];
      return [member, WITH_MEMBERS.includes(member) && isObject(value) ? inBedrocksSpelling(value) : value];
    }),
  );
}

/** Times of SQL have a blank in place of the T, and UTC or nothing at their end. */
function isoTime(value: unknown): unknown {
  if (typeof value !== 'string' || eventTime(value) !== undefined) return value;
  const time = timeOf(value.replace(/ UTC$/, ''));
  return time === undefined ? value : new Date(time).toISOString();
}
