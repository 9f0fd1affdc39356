import type { PricedCalls } from '../../../engine/levers/priced-calls';
import { RepeatedPrompts } from '../../../engine/levers/repeated-prompts';
import { NO_USAGE } from '../../../engine/pricing/token-buckets';

const call = (time: number) => ({ time, contextTokens: 10_000, usage: { ...NO_USAGE, input: 10_000 } }) as PricedCalls;

test('calls beyond the limit are compared with none, and counted', () => {
  const prompts = new RepeatedPrompts(2);
  [1, 2, 3, 4].forEach((time) => prompts.add('prompt', call(time)));
  prompts.add('short', { ...call(5), contextTokens: 10 });
  expect(prompts.cached.map((calls) => calls.map(({ isHit }) => isHit))).toEqual([[false, true]]);
  expect(prompts.notCompared).toBe(2);
});
