import { readList, readPositive, readRequired } from '../../engine/environment';

test('reads what is set, and takes an empty variable as not set', () => {
  const env = { NAME: 'ledger', DAYS: '0.5', LIST: ' a, b ,,', EMPTY: '' };
  expect(readRequired(env, 'NAME')).toBe('ledger');
  expect([readPositive(env, 'DAYS'), readPositive(env, 'EMPTY', 7), readPositive(env, 'DAYS', 7)]).toEqual([0.5, 7, 0.5]);
  expect([readList(env, 'LIST'), readList(env, 'EMPTY'), readList(env, 'NONE')]).toEqual([['a', 'b'], [], []]);
});

test.each([
  [() => readRequired({}, 'NAME'), "'NAME' must be set"],
  [() => readRequired({ NAME: '' }, 'NAME'), "'NAME' must be set"],
  [() => readPositive({}, 'DAYS'), "'DAYS' must be set"],
  [() => readPositive({ DAYS: '0' }, 'DAYS', 7), "'DAYS' must be a number above 0, got '0'"],
  [() => readPositive({ DAYS: 'x' }, 'DAYS'), "'DAYS' must be a number above 0, got 'x'"],
])('fails on %#', (read, message) => {
  expect(read).toThrow(message);
});
