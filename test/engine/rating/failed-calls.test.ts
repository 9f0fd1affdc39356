import { PriceEngine } from '../../../engine/pricing/price-engine';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import type { Call } from '../../../engine/records/call';
import { parseRecord } from '../../../engine/records/parse-record';
import { embedding, metadataOnly, type Raw, zeroRecord } from '../../fixtures/invocation-records';

const engine = new PriceEngine();

function rated(record: Raw): Array<string | undefined> {
  const { status, reason } = new Rater(engine, new Duplicates(16)).rate(parseRecord(JSON.stringify(record)) as Call);
  return [status, reason];
}

const PRICED = ['priced', undefined];
const FAILED = ['ignored', 'error:ModelErrorException'];
const failed = { errorCode: 'ModelErrorException' };

test('an image that was not embedded is not billed', () => {
  const image = { ...embedding, modelId: 'amazon.titan-embed-image-v1', input: { inputBodyJson: { inputImage: 'AAAA' } }, output: {} };
  expect(rated({ ...image, ...failed })).toEqual(FAILED);
  expect(rated(image)).toEqual(PRICED);
});

test('of a failed call, input alone is not billed, input and output are', () => {
  const call = { ...metadataOnly, ...failed, input: { inputTokenCount: 10 } };
  expect(rated({ ...call, output: {} })).toEqual(FAILED);
  expect(rated({ ...call, output: { outputTokenCount: 1 } })).toEqual(PRICED);
});

test('a code that is a sentence is not repeated', () => {
  expect(rated({ ...zeroRecord, errorCode: 'my secret prompt' })).toEqual(['ignored', 'error:other']);
});

test('hours are paid, whatever the record counts', () => {
  const modelId = 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/x';
  expect(rated({ ...metadataOnly, modelId, input: { inputTokenCount: 5 }, output: {} })).toEqual(PRICED);
});
