import { breakdownsOf } from '../../../engine/metering/breakdowns';
import { readMeterConfig } from '../../../engine/metering/meter-config';

const [byModel, byCaller, byTeam] = breakdownsOf(readMeterConfig({ DIMENSIONS: 'caller,meta:team' }));

test('cost is broken down by model, and by what the configuration asks for', () => {
  expect([byModel, byCaller, byTeam].map((breakdown) => breakdown?.attribute)).toEqual([
    'gen_ai.request.model',
    'aws.principal',
    'aws.bedrock.request_metadata.team',
  ]);
});

test('a model that cannot be shown is `other`, because totals are summed over models; a caller has no value then', () => {
  expect([byModel?.shownValue('::'), byCaller?.shownValue('::')]).toEqual(['other', undefined]);
  expect([byModel?.shownValue(undefined), byCaller?.shownValue(undefined)]).toEqual(['other', undefined]);
});
