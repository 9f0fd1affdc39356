import type { Catalogue } from '../pricing/catalogue';
import type { Digest } from './digest';
import { callsText, changeText, cost, daysText, NO_CALLS_TEXT, oneLine, usd, withoutPrice } from './digest-words';
import { displayNames } from './display-names';

/** Models, roles and profiles that are named each. */
const TOP = 3;

/**
 * A notification that Amazon Q Developer shows in Slack, Microsoft Teams or Amazon Chime. It drops every other text of a topic.
 * Source: its administrator guide, "Custom notifications".
 */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
  };
}

/** The digest as a short message for a chat channel: the whole one is sent by e-mail. */
export function chatOf(digest: Digest, catalogue: Catalogue): ChatMessage {
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: `Amazon Bedrock, ${daysText(digest)}`,
      description: linesOf(digest, catalogue).map(plain).join('\n'),
    },
  };
}

function linesOf(digest: Digest, catalogue: Catalogue): string[] {
  if (digest.calls === 0) return [NO_CALLS_TEXT];
  const { usd: amount, models, callers, profiles, largestSaving, limits = [] } = digest;
  const top = (title: string, axis: string, lines: ReadonlyArray<{ readonly name: string; readonly usd?: string }>) => {
    const names = displayNames(
      axis,
      lines.map(({ name }) => name),
      catalogue,
    );
    const shown = lines.slice(0, TOP).map((line) => `${names.get(line.name) ?? line.name} ${cost(line.usd)}`);
    return shown.length === 0 ? [] : [`${title}: ${shown.join(' · ')}${lines.length > TOP ? ' …' : ''}`];
  };
  return [
    `${amount === undefined ? 'Cost unknown' : `${usd(amount)}${changeText(digest)}`} · ${callsText(digest)}`,
    ...[withoutPrice(digest), ...limits].filter((text) => text !== ''),
    ...top(
      'Models',
      'model',
      models.map((line) => ({ name: line.model, usd: line.usd })),
    ),
    ...top(
      'Roles',
      'role',
      callers.map((line) => ({ name: line.caller, usd: line.usd })),
    ),
    ...top(
      'Profiles',
      'profile',
      profiles.map((line) => ({ name: line.profile, usd: line.usd })),
    ),
    ...(largestSaving ? [`Largest saving: ${largestSaving.name}, ${usd(largestSaving.savesUsd)}`] : []),
  ];
}

/** Names come from records: without these characters Slack reads no link and no mention in them. */
const plain = (text: string): string => oneLine(text).replace(/[<>]/g, ' ');
