import { nearestIds } from '../../../engine/pricing/nearest-ids';

const KNOWN = [
  'anthropic.claude-sonnet-4-6',
  'anthropic.claude-haiku-4-5-20251001-v1:0',
  'amazon.nova-pro-v1:0',
  'amazon.nova-pro-v1:0:24k',
  'zz',
];

test('ids that continue the given one come first, the shortest difference first', () => {
  expect(nearestIds('us.amazon.nova-pro', KNOWN).slice(0, 2)).toEqual(['amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0:24k']);
});

test('no more than three are named, and none that shares nothing', () => {
  expect(nearestIds('anthropic.claude', KNOWN)).toHaveLength(3);
  expect(nearestIds('yyy', KNOWN)).toEqual([]);
  expect(nearestIds('', KNOWN)).toEqual([]);
});
