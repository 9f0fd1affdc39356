import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceOverrides } from '../../../engine/pricing/price-overrides';

const catalogue = Catalogue.builtIn();
const SONNET = 'anthropic.claude-sonnet-4-6';

test.each([
  ['text that is not JSON', 'no', 'overrides are not JSON'],
  ['a list', '[]', 'overrides must be an object'],
  ['an unknown list', { prices: [] }, "'prices' is not known in overrides: use overrides or discounts"],
  ['an object for a list', { overrides: {} }, "'overrides' must be a list, got {}"],
  [
    'an unknown model',
    { overrides: [{ model: 'anthropic.claude-opus-4-9', rates: {} }] },
    "overrides[0]: 'model' is not in the price catalogue, got 'anthropic.claude-opus-4-9': use an id without routing prefix, for example anthropic.claude-opus-4-",
  ],
  [
    'an alias',
    { overrides: [{ model: 'openai.gpt-oss-120b', rates: { input: 1 } }] },
    "use 'openai.gpt-oss-120b-1:0', whose price it carries",
  ],
  ['a negative rate', { overrides: [{ model: SONNET, rates: { input: -1 } }] }, "overrides[0]: 'rates.input': '-1' is not an amount"],
  [
    'a rate finer than a pico-dollar',
    { overrides: [{ model: SONNET, rates: { input: '0.0000001' } }] },
    'at most 6 digits after the point',
  ],
  [
    'an unknown kind',
    { overrides: [{ model: SONNET, rates: { tokens: '1' } }] },
    "'rates.tokens' is not a kind that has prices: use one of input,",
  ],
  ['no rate', { overrides: [{ model: SONNET }] }, "'rates' must hold at least one rate"],
  ['no model', { overrides: [{ rates: { input: 1 } }] }, "'model' is missing"],
  ['a misspelt field', { overrides: [{ model: SONNET, rate: 1 }] }, "'rate' is not known: use name, model,"],
  ['an unknown tier', { overrides: [{ model: SONNET, tier: 'cheap', rates: { input: 1 } }] }, "'tier' must be one of standard, batch,"],
  [
    'an unknown routing',
    { overrides: [{ model: SONNET, routing: 'eu', rates: { input: 1 } }] },
    "'routing' must be one of regional, global, got 'eu'",
  ],
  ['no Regions', { overrides: [{ model: SONNET, regions: [], rates: { input: 1 } }] }, 'leave it out for all Regions'],
  ['a day that does not exist', { overrides: [{ model: SONNET, from: '2026-02-30', rates: { input: 1 } }] }, "'from' must be a day like"],
  [
    'a period that ends before it begins',
    { discounts: [{ model: SONNET, percent: 1, from: '2026-02-01', until: '2026-01-01' }] },
    "'until' must be after 'from'",
  ],
  ['an entry that is no object', { overrides: ['x'] }, 'overrides[0]: must be an object, got "x"'],
  [
    'a percentage above 100',
    { discounts: [{ model: SONNET, percent: 101 }] },
    "discounts[0]: 'percent' must be a number from 0 to 100, got '101'",
  ],
  ['a negative percentage', { discounts: [{ model: SONNET, percent: -5 }] }, "got '-5'"],
  ['a discount for nobody', { discounts: [{ percent: 5 }] }, "a discount needs either 'model' or 'provider'"],
  ['an unknown provider', { discounts: [{ provider: 'anthropic', percent: 5 }] }, "'provider' must be one of AI21 Labs, Amazon, Anthropic"],
  [
    'two overrides of the same calls',
    {
      overrides: [
        { name: 'a', model: SONNET, rates: { input: 1 } },
        { name: 'b', model: SONNET, rates: { input: 2 } },
      ],
    },
    "overrides contradict each other: overrides[0] 'a' and overrides[1] 'b' set different rates of input for the same calls: remove one",
  ],
  [
    'two overrides that overlap',
    {
      overrides: [
        { name: 'global', model: SONNET, routing: 'global', rates: { input: 1 } },
        { name: 'ireland', model: SONNET, regions: ['eu-west-1'], rates: { input: 2, output: 2 } },
      ],
    },
    "overrides[0] 'global' and overrides[1] 'ireland' set different rates of input for some calls, and neither lies inside the other: narrow",
  ],
  [
    'a Region that is none',
    { overrides: [{ model: SONNET, regions: ['*'], rates: { input: 1 } }] },
    '\'us-east-1\', got "*": leave it out',
  ],
  [
    'a range that ends before it begins',
    { overrides: [{ model: SONNET, context: '9-2', rates: { input: 1 } }] },
    "'context' must be a range",
  ],
  ['a range of nothing', { overrides: [{ model: SONNET, context: '0-0', rates: { input: 1 } }] }, "'context' must be a range of tokens"],
  [
    'a size that is no range',
    { overrides: [{ model: SONNET, spec: { size: 'big' }, rates: { input: 1 } }] },
    "'spec.size' must be a range",
  ],
  ['an unknown axis', { overrides: [{ model: SONNET, spec: { hue: 'x' }, rates: { input: 1 } }] }, "'spec.hue' is not a price axis: use"],
  ['an empty value', { overrides: [{ model: SONNET, spec: { quality: '' }, rates: { input: 1 } }] }, "'spec.quality' must not be empty"],
  ['a flag that is a text', { overrides: [{ model: SONNET, newModel: 'no', rates: { input: 1 } }] }, "'newModel' must be true or false"],
  ['a rate of 1e21', { overrides: [{ model: SONNET, rates: { input: 1e21 } }] }, "'rates.input': '1e+21' is not an amount"],
  ['a rate of -0', `{"overrides":[{"model":"${SONNET}","rates":{"input":-0}}]}`, "'rates.input': '-0' is not an amount"],
  ['a rate that is null', { overrides: [{ model: SONNET, rates: { input: null } }] }, "'rates.input' must be a text or a number, got null"],
  ['a percentage of -0', `{"discounts":[{"model":"${SONNET}","percent":-0}]}`, "'percent' must be a number from 0 to 100, got '-0'"],
  ['a tiny percentage', { discounts: [{ model: SONNET, percent: 1e-7 }] }, "got '1e-7': write a decimal with at most 6 digits"],
  ['no percentage', { discounts: [{ model: SONNET }] }, "'percent' must be a number from 0 to 100, got none"],
  ['a kind called __proto__', `{"overrides":[{"model":"${SONNET}","rates":{"__proto__":"1"}}]}`, "'rates.__proto__' is not a kind"],
  ['a kind called constructor', { overrides: [{ model: SONNET, rates: { constructor: '1' } }] }, "'rates.constructor' is not a kind"],
  [
    'an axis called __proto__',
    `{"overrides":[{"model":"${SONNET}","rates":{"input":"1"},"spec":{"__proto__":"x"}}]}`,
    "'spec.__proto__' is not",
  ],
  [
    'a field called __proto__',
    `{"overrides":[{"model":"${SONNET}","rates":{"input":"1"},"__proto__":"x"}]}`,
    "'__proto__' is not known: use",
  ],
  ['a model called constructor', { overrides: [{ model: 'constructor', rates: { input: 1 } }] }, "'model' is not in the price catalogue"],
  [
    'a new model called __proto__',
    { overrides: [{ model: '__proto__', newModel: true, rates: { input: 1 } }] },
    "'model' must be an id like",
  ],
  [
    'a new model with a blank in its id',
    { overrides: [{ model: 'acme.model one', newModel: true, rates: { input: 1 } }] },
    "'model' must be an id like 'acme.model-v1:0' or an ARN, got 'acme.model one'",
  ],
  ['an empty model', { overrides: [{ model: '', newModel: true, rates: { input: 1 } }] }, "'model' must not be empty"],
  [
    'a new model with a routing prefix',
    { overrides: [{ model: 'us.acme.foo', newModel: true, rates: { input: 1 } }] },
    "'model' must be an id without ARN and routing prefix, got 'us.acme.foo': use 'acme.foo', and 'routing' for global profiles",
  ],
  [
    'an ARN with a routing',
    { overrides: [{ model: 'arn:aws:bedrock:us-east-1:1:imported-model/x', newModel: true, routing: 'global', rates: { input: 1 } }] },
    "'routing' must be left out for an ARN",
  ],
  [
    'a new model that carries the price of a known one',
    { overrides: [{ model: `us.${SONNET}:24k`, newModel: true, rates: { input: 1 } }] },
    `use an id without routing prefix, for example ${SONNET}`,
  ],
  [
    'two discounts at one time',
    {
      discounts: [
        { name: 'a', model: SONNET, percent: 1 },
        { name: 'b', model: SONNET, percent: 2 },
      ],
    },
    "discounts contradict each other: discounts[0] 'a' and discounts[1] 'b' take different percentages for the same days: remove one",
  ],
])('fails on %s, saying what to do', (_, own, message) => {
  expect(() => PriceOverrides.fromJson(typeof own === 'string' ? own : JSON.stringify(own), catalogue)).toThrow(message);
});
