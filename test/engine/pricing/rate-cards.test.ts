import fc from 'fast-check';
import { RateCard } from '../../../engine/pricing/rate-card';
import { RateCards } from '../../../engine/pricing/rate-cards';
import type { Tier } from '../../../engine/pricing/types';

const IDS = Array.from({ length: 3 }, (_, at) => `model-${at}`);
const TIERS: readonly Tier[] = ['standard', 'flex'];

const newCard = () => new RateCard({ modelId: 'm', routing: 'regional', hourly: false, flags: [] }, [], 'none');
const step = fc.record({
  what: fc.constantFrom(...Array<'get'>(6).fill('get'), ...Array<'set'>(6).fill('set'), 'delete', 'clear'),
  id: fc.constantFrom(...IDS),
  region: fc.constantFrom('us-east-1', 'eu-west-1'),
  tier: fc.constantFrom(...TIERS),
});

test('a rate card is the one that was last set for its id, Region and tier, whichever were asked for before', () => {
  const check = fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
    const cards = new RateCards();
    const expected = new Map<string, RateCard>();
    for (const { what, id, region, tier } of steps) {
      const key = `${id} ${region} ${tier}`;
      if (what === 'get') {
        expect(cards.get(id, region, tier)).toBe(expected.get(key));
      } else if (what === 'set') {
        const card = newCard();
        cards.set(id, region, tier, card);
        expected.set(key, card);
      } else if (what === 'delete') {
        cards.delete(id);
        [...expected.keys()].filter((known) => known.startsWith(`${id} `)).forEach((known) => expected.delete(known));
      } else {
        cards.clear();
        expected.clear();
      }
    }
  });
  fc.assert(check);
});

test('10,000 rate cards are full, and none are left after they were dropped', () => {
  const cards = new RateCards();
  for (let at = 0; at < 10_000; at += 1) {
    expect(cards.isFull).toBe(false);
    cards.set(`nobody.knows-${at}`, 'us-east-1', 'standard', newCard());
  }
  expect(cards.isFull).toBe(true);

  cards.clear();

  expect(cards.isFull).toBe(false);
  expect(cards.get('nobody.knows-1', 'us-east-1', 'standard')).toBeUndefined();
});
