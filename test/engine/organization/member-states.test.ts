import { membersOf, stateOf } from '../../../engine/organization/member-states';

test.each([
  ['logged', 500, 500],
  ['logged', 500, 460],
  ['incomplete', 500, 440],
  ['silent', 500, 0],
  ['silent', 10, 0],
  ['idle', 9, 0],
  ['idle', 0, 0],
  ['logged', 5, 4],
  ['notShared', undefined, 3],
])('a member is %s with %s calls and %s records', (state, calls, records) => {
  expect(stateOf({ account: '111122223333', region: 'us-east-1', calls, records })).toBe(state);
});

test('calls and records are paired by account and Region', () => {
  expect(membersOf(new Map([['1 a', 5]]), new Map([['1 b', 7]]))).toEqual([
    { account: '1', region: 'a', calls: 5, records: 0 },
    { account: '1', region: 'b', calls: undefined, records: 7 },
  ]);
});
