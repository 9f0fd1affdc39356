import * as fc from 'fast-check';
import { jsonText } from '../../../engine/records/json-text';
import { keyedHash } from '../../../lambda/meter-calls/prompt-hash.lazy';

/** A value at the end of `depth` lists and objects. */
const nested = (depth: number, inner = '1'): string => '[{"a":'.repeat(depth) + inner + '}]'.repeat(depth);

test('is the text of JSON.stringify for values that are nested too deep for it', () => {
  const text = nested(20_000, '[null,"ü\\n",{"__proto__":1,"2":[],"1":{}},true]');
  expect(() => JSON.stringify(JSON.parse(text))).toThrow(RangeError);
  // Names that are numbers come first in every object.
  expect(jsonText(JSON.parse(text))).toBe(text.replace('{"__proto__":1,"2":[],"1":{}}', '{"1":{},"2":[],"__proto__":1}'));
});

test('is the text of JSON.stringify around such a value, whatever is there', () => {
  const deep = nested(6000);
  fc.assert(
    fc.property(fc.json(), (json) => {
      const around = JSON.stringify(JSON.parse(json));
      expect(jsonText([JSON.parse(json), JSON.parse(deep)])).toBe(`[${around},${deep}]`);
    }),
    { numRuns: 10 },
  );
});

test('a prompt 200,000 levels deep has a hash, and another one has another', () => {
  const hash = (inner: string) => keyedHash('key')(JSON.parse(`{"messages":${nested(100_000, inner)}}`));
  const [one, other] = [hash('1'), hash('2')];
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(one).not.toBe(other);
});
