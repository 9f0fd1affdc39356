import type { SortedOffers } from './offer-sorter';

/** What a refresh could not use. The next one remembers it from the catalogue, so that only what is new raises an alarm. */
export interface OpenQuestions {
  /** Rows that price tokens and are not understood, or have no place in the catalogue. */
  readonly unclassified: readonly string[];
  /** Prices that are not believed, and rows that contradict each other. */
  readonly quarantined: readonly string[];
}

/** Each question by a text that stays the same while the price list does. The reasons, which a new version may reword, are not part of it. */
export function openQuestions(offers: SortedOffers, unplaced: readonly string[], quarantined: readonly string[]): OpenQuestions {
  const unclassified = offers.unclassified.filter(({ tokens }) => tokens).map(({ key }) => key);
  return {
    unclassified: sorted([...unclassified, ...unplaced]),
    quarantined: sorted([...quarantined.map((sentence) => sentence.replace(/ \([^()]*\)$/, '')), ...offers.contradictions]),
  };
}

/** The questions that the last refresh did not have; none where it remembered nothing, because then everything would be new. */
export function newQuestions(now: OpenQuestions, before: OpenQuestions | undefined): OpenQuestions {
  if (before === undefined) return { unclassified: [], quarantined: [] };
  return {
    unclassified: now.unclassified.filter((key) => !before.unclassified.includes(key)),
    quarantined: now.quarantined.filter((key) => !before.quarantined.includes(key)),
  };
}

function sorted(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}
