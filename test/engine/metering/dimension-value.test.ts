import { ValueTexts } from '../../../engine/metering/dimension-value';

test('takes only what CloudWatch takes', () => {
  const texts = new ValueTexts();
  expect([':x', 'müller', 'a\u0000b', '  ', '', 7, undefined].map((raw) => texts.of(raw))).toEqual([
    'x',
    'm_ller',
    'a_b',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(texts.of('y'.repeat(3000))).toHaveLength(1024);
  expect(texts.of(`${'y'.repeat(1023)}  z`)).toHaveLength(1023);
});

test('makes the text of a value once, and forgets old ones where there are many', () => {
  let shortened = 0;
  const texts = new ValueTexts((raw) => {
    shortened += 1;
    return raw;
  });
  for (let i = 0; i < 20_000; i += 1) {
    texts.of(`value ${i}`);
    texts.of(`value ${i}`);
  }
  texts.of('value 0');
  expect(shortened).toBe(20_001);
});
