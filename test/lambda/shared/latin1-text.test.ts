import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { latin1Text } from '../../../lambda/shared/latin1-text';

const KiB = 1024;

const length = fc.oneof(fc.integer({ min: 0, max: 2000 * KiB }), fc.constantFrom(192 * KiB - 1, 192 * KiB, 0xfbee9, 0xfbee9 + 1));

test('is what toString makes of the same bytes, and stays so when further texts are made', () => {
  const check = fc.property(fc.array(length, { minLength: 2, maxLength: 4 }), (lengths) => {
    const all = lengths.map((bytes) => randomBytes(bytes));
    const texts = all.map(latin1Text);

    expect(texts.every((text, i) => text === all[i]!.toString('latin1'))).toBe(true);
  });
  fc.assert(check, { numRuns: 30 });
});
