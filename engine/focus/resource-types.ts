import { GEOGRAPHIES } from '../pricing/geographies';
import type { Charge } from './charge';

/** What the ARN of a resource says in front of its name, and what a model id without an ARN is. */
const TYPES = [
  'foundation-model',
  'inference-profile',
  'application-inference-profile',
  'provisioned-model',
  'custom-model',
  'custom-model-deployment',
  'imported-model',
  'prompt-router',
  'default-prompt-router',
  'prompt',
];

const ARN_TYPE = '^arn:.*:([a-z-]+)/';

/** `Foundation Model`, `Inference Profile`, or what the ARN of a resource says in front of its name. */
export function resourceTypeOf({ modelId, quote }: Charge): string {
  const type =
    new RegExp(ARN_TYPE).exec(modelId)?.[1] ?? (quote.resolved.geography === undefined ? 'foundation-model' : 'inference-profile');
  return titled(type);
}

const titled = (type: string): string => type.replace(/(?:^|-)[a-z]/g, (begin) => begin.replace('-', ' ').toUpperCase());

/** Engines differ in whether what does not match is NULL or empty. */
const TYPE_SQL =
  `coalesce(nullif(regexp_extract(model_id, '${ARN_TYPE}', 1), ''), ` +
  `case when split_part(model_id, '.', 1) in (${[...GEOGRAPHIES].map((geography) => `'${geography}'`).join(', ')}) ` +
  `then 'inference-profile' else 'foundation-model' end)`;

/** The same in SQL: a type that is not known keeps its name. */
export const RESOURCE_TYPE_SQL = `case ${TYPE_SQL} ${TYPES.map((type) => `when '${type}' then '${titled(type)}'`).join(' ')} else ${TYPE_SQL} end`;
