import { kindOf } from '../price-list/kind-rules';
import { readUsageType, type UsageFacts } from '../price-list/usage-type';
import type { PicoUsd } from '../pricing/types';
import { halfOfLastDigit, readBilled } from './billed-amount';
import { type BilledModels, isEdition, withoutEdition } from './billed-models';
import { principalOf } from './principal';
import { regionOfUsageType } from './region-prefixes';
import { unrecordedSource } from './unrecorded';

/** What a line of the bill is. Only usage and discounts are compared; the others are shown beside. */
export type Charge = 'usage' | 'discount' | 'credit' | 'refund' | 'tax' | 'fee' | 'other';

/** One line of a bill, whatever export it is from. */
export interface BillLine {
  readonly charge: Charge;
  /** The days in UTC for which it is, as in 2026-11-20: the first, and the first that is not of it. Absent where it has no date. */
  readonly from?: string;
  readonly until?: string;
  readonly account?: string;
  readonly region?: string;
  readonly usageType?: string;
  /** The model as the catalogue names it, or as the bill does where the catalogue does not know it. */
  readonly model?: string;
  /** The model as the bill names it. */
  readonly billedModel?: string;
  /** Of tokens: the kind of the catalogue. Absent where the usage type is not one of tokens, or is not understood. */
  readonly kind?: string;
  readonly routing?: 'regional' | 'global';
  readonly tier?: string;
  readonly isLong?: boolean;
  /** What is billed without an invocation record, by source. */
  readonly source?: string;
  /** Whether the usage type could be read. */
  readonly isUnderstood: boolean;
  readonly tokens?: number;
  /** In tokens: what rounding of the quantity can have taken or added. */
  readonly tokenRounding?: number;
  /** Before discounts. */
  readonly gross: PicoUsd;
  /** After the discounts that the line itself has. */
  readonly amount: PicoUsd;
  readonly rounding: PicoUsd;
  readonly principal?: string;
}

/** What a reader of one form found in a row, as the bill writes it. */
export interface BilledFacts {
  readonly charge: Charge;
  readonly from?: string;
  readonly until?: string;
  readonly account?: string;
  readonly region?: string;
  readonly service?: string;
  readonly usageType?: string;
  readonly modelName?: string;
  /** As in "Input tokens". */
  readonly inferenceType?: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly gross?: string;
  readonly amount: string;
  readonly principal?: string;
}

const THOUSAND = 1_000n;
const MILLION = 1_000_000n;
const PICO = 1_000_000_000_000n;

/** Fewer digits than these are taken for these: a quantity without digits after the point may be exact. */
const LEAST_DECIMALS_OF_QUANTITY = 3;
const LEAST_DECIMALS_OF_AMOUNT = 2;

/** How many tokens one unit is, by the unit of the line. Everything else is by the usage type. */
const TOKENS_OF_UNIT: readonly (readonly [unit: RegExp, tokens: bigint])[] = [
  [/^(1k|1,?000) tokens$/i, THOUSAND],
  [/^(1m|1,?000,?000|million) tokens$/i, MILLION],
  [/^tokens?$/i, 1n],
];

const INFERENCE_TYPES: Readonly<Record<string, string>> = { 'input tokens': 'input', 'output tokens': 'output' };

/** Makes a line of what a row says. @returns the reason if its amount cannot be read */
export function billLine(facts: BilledFacts, models: BilledModels): BillLine | string {
  const amount = readBilled(facts.amount);
  if (!amount) return `its amount '${facts.amount}' is not a number`;
  const gross = facts.gross === undefined ? amount : readBilled(facts.gross);
  if (!gross) return `its amount '${facts.gross}' is not a number`;
  const { charge, from, until, account } = facts;
  return {
    ...{ charge, from, until, account },
    ...usageIn(facts, models),
    gross: gross.pico,
    amount: amount.pico,
    rounding: halfOfLastDigit(Math.max(amount.decimals, LEAST_DECIMALS_OF_AMOUNT)),
    principal: facts.principal && principalOf(facts.principal),
  };
}

function usageIn(facts: BilledFacts, models: BilledModels) {
  const { usageType, service } = facts;
  const words = usageType === undefined ? undefined : readUsageType(usageType);
  const named = facts.modelName ?? (service !== undefined && isEdition(service) ? service : words?.model);
  const billedModel = named && withoutEdition(named);
  const model = named ? (models.find(named) ?? billedModel) : models.find(stemIn(usageType));
  const kind = kindIn(facts, words, model);
  const source = usageType === undefined ? undefined : unrecordedSource(usageType);
  const region = facts.region ?? (usageType === undefined ? undefined : regionOfUsageType(usageType));
  return {
    ...{ usageType, billedModel, model, kind, source, region, isUnderstood: kind !== undefined || source !== undefined },
    ...(kind !== undefined && { ...tokensIn(facts), ...axesIn(words ?? {}) }),
  };
}

/** What a usage type begins with, after its Region. It is a model only where the catalogue knows the name. */
const stemIn = (usageType = ''): string => /^[A-Z]+\d?-([A-Z][A-Za-z0-9.]+)-/.exec(usageType)?.[1] ?? '';

function axesIn({ routing, tier, longContext }: UsageFacts): Pick<BillLine, 'routing' | 'tier' | 'isLong'> {
  return { routing: routing ?? 'regional', tier: tier ?? 'standard', isLong: longContext ?? false };
}

/** A usage type without the word "token" is not one of tokens, whatever else it says. */
function kindIn({ usageType = '', inferenceType = '' }: BilledFacts, words: UsageFacts | undefined, model?: string): string | undefined {
  if (words === undefined || !/token/i.test(usageType)) return usageType === '' ? INFERENCE_TYPES[inferenceType.toLowerCase()] : undefined;
  return kindOf(words, model ?? '');
}

function tokensIn({ quantity, unit = '', usageType = '' }: BilledFacts): Pick<BillLine, 'tokens' | 'tokenRounding'> {
  const number = quantity === undefined ? undefined : readBilled(quantity);
  if (!number) return {};
  const ofUnit = TOKENS_OF_UNIT.find(([pattern]) => pattern.test(unit.trim()))?.[1] ?? (usageType.includes('MP:') ? MILLION : THOUSAND);
  const inTokens = (pico: bigint): number => Number((pico * ofUnit + PICO / 2n) / PICO);
  const decimals = Math.max(number.decimals, LEAST_DECIMALS_OF_QUANTITY);
  return { tokens: inTokens(number.pico), tokenRounding: Math.max(1, inTokens(halfOfLastDigit(decimals))) };
}
