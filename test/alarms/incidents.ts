import { loggingChange, type LoggingChange } from '../../lambda/publish-signals/logging-change';
import { all, type Incident, metric, ofModel, share, times } from './incident';
import { HOUR_MINUTES } from './simulated-time';
import { TELEMETRY_INCIDENTS } from './telemetry-incidents';

export const SONNET = 'us.anthropic.claude-sonnet-4-6';
const NOVA = 'amazon.nova-pro-v1:0';
const AGENT = { Operation: 'InvokeAgent' };

/** Each must notify the right people once, within its time. */
export const INCIDENTS: readonly Incident[] = [
  { name: 'Bedrock answers nothing but server errors', alarm: 'ErrorRate', within: 20, lasts: 40, calls: all({ failure: 'server' }) },
  {
    name: 'a deployment makes a third of the calls invalid',
    alarm: 'ErrorRate',
    within: 20,
    lasts: 60,
    calls: share(0.33, { failure: 'client' }),
  },
  {
    name: 'one model answers server errors only',
    alarm: 'ModelUnavailable',
    within: 15,
    lasts: 60,
    calls: ofModel(NOVA, { failure: 'server' }),
  },
  {
    name: 'one model throttles every call',
    alarm: 'ModelUnavailable',
    within: 15,
    lasts: 60,
    calls: ofModel(SONNET, { failure: 'throttle' }),
  },
  {
    name: 'all models answer five times as slowly',
    alarm: 'Latency',
    within: 25,
    lasts: 60,
    calls: (call) => [{ ...call, latencyMs: call.latencyMs * 5 }],
  },
  {
    name: 'an agent calls an expensive model in a loop',
    alarm: 'DailyCost',
    recovers: 840,
    within: 60,
    lasts: 120,
    calls: times(12, { usd: 0.03 }),
  },
  {
    name: 'a switch to a model of six times the price',
    alarm: 'DailyCost',
    recovers: 840,
    within: 240,
    at: 8 * HOUR_MINUTES,
    lasts: 600,
    calls: (call) => [{ ...call, usd: 6 * (call.usd ?? 0) }],
  },
  {
    name: 'an agent cannot reach its action group',
    alarm: 'AgentErrorRate',
    within: 20,
    lasts: 60,
    minute: (account, minute) => {
      metric('AWS/Bedrock/Agents', 'InvocationCount', 10, AGENT)(account, minute);
      metric('AWS/Bedrock/Agents', 'InvocationServerErrors', 4, AGENT)(account, minute);
    },
  },
  {
    name: 'a tool of an application fails',
    alarm: 'ComponentErrors',
    within: 20,
    lasts: 45,
    minute: (account, minute) => account.addSpan(minute, { service: 'assistant', name: 'tool lookup', failed: true, durationMs: 40 }),
  },
  {
    name: 'the delivery role was deleted',
    alarm: 'LogDeliveryFailing',
    within: 25,
    lasts: 60,
    unmetered: true,
    minute: metric('AWS/Bedrock', 'ModelInvocationLogsCloudWatchDeliveryFailure', 6),
  },
  {
    name: 'the logging configuration was deleted',
    alarm: 'LogDeliveryFailing',
    within: 25,
    lasts: 60,
    unmetered: true,
  },
  {
    name: 'another principal changes the logging configuration',
    alarm: 'LoggingChanged',
    within: 10,
    lasts: 1,
    minute: (account, minute) => {
      const detail = { eventName: 'PutModelInvocationLoggingConfiguration', userIdentity: { arn: 'arn:aws:iam::111122223333:user/other' } };
      const findings = loggingChange({ detail } as LoggingChange, { loggingRoles: [] } as never);
      findings.forEach(({ metric: name, value }) => account.putSignal(name, minute, value ?? 0));
    },
  },
  {
    name: 'the same change where no trail records it',
    alarm: 'LoggingChanged',
    within: 10,
    lasts: 60,
    deliversTo: 'other',
  },
  { name: 'a fifth of the answers is cut off', alarm: 'CompletionRate', within: 125, lasts: 180, calls: share(0.2, { truncated: true }) },
  {
    name: 'a date at the beginning of prompts breaks the cache',
    alarm: 'CacheHitRateFalling',
    recovers: 1500,
    within: 540,
    at: 7 * HOUR_MINUTES,
    lasts: 660,
    calls: (call) => [{ ...call, input: call.input + call.cacheRead, cacheRead: 0 }],
  },
  {
    name: 'a credential leaks: eight times the calls, of a cheap kind',
    alarm: 'UnusualRequests',
    within: 60,
    lasts: 90,
    calls: times(8, { usd: 0.0001 }),
  },
  {
    name: 'a component of an application takes eight seconds',
    alarm: 'ComponentLatency',
    within: 30,
    lasts: 60,
    minute: (account, minute) =>
      [1, 2, 3].forEach(() => account.addSpan(minute, { service: 'search', name: 'retrieve', failed: false, durationMs: 8000 })),
  },
  { name: 'a batch runs for an hour through on-demand calls', alarm: 'HourlyCost', within: 65, lasts: 60, calls: times(4) },
  {
    name: 'whole documents in prompts of a cheap model',
    alarm: 'TokenSpike',
    within: 65,
    lasts: 60,
    calls: (call) => [{ ...call, input: call.input * 8, usd: call.usd }],
  },
  { name: 'one call with 90,000 tokens', alarm: 'LargeCall', within: 65, lasts: 1, ledger: true, calls: all({ input: 90_000 }) },
  {
    name: 'a caller sends 4,000 tokens to get 20',
    alarm: 'WastedTokens',
    staysOn: true,
    within: 125,
    lasts: 60,
    ledger: true,
    calls: share(0.2, { input: 4000, output: 20 }),
  },
  {
    name: 'documents are sent for yes or no',
    alarm: 'InputOutputRatio',
    within: 65,
    lasts: 60,
    ledger: true,
    calls: (call) => [{ ...call, output: Math.ceil(call.output / 20) }],
  },
  {
    name: 'one model takes most of the money',
    alarm: 'ModelShare',
    staysOn: true,
    within: 540,
    at: 7 * HOUR_MINUTES,
    lasts: 600,
    ledger: true,
    calls: (call) => [call.model === SONNET ? call : { ...call, usd: (call.usd ?? 0) / 6 }],
  },
  {
    name: 'on a Saturday a role spends more than twice its average',
    alarm: 'CallerCost',
    staysOn: true,
    within: 1025,
    recovers: 400,
    weekend: true,
    at: 7 * HOUR_MINUTES,
    lasts: 660,
    ledger: true,
    calls: (call) => (call.caller.includes('reports') ? times(6)(call) : [call]),
  },
  {
    name: 'a tenth of the calls through a cross-Region profile take 15 seconds',
    alarm: 'CrossRegionLatency',
    within: 65,
    lasts: 90,
    calls: (call, random) => [call.model === SONNET && random.chance(0.1) ? { ...call, latencyMs: 15_000 } : call],
  },
  { name: 'a model without a price', alarm: 'UnpricedCalls', within: 10, lasts: 60, calls: share(0.1, { usd: undefined }) },
  {
    name: 'a model comes close to its quota',
    alarm: 'QuotaUsage',
    within: 20,
    lasts: 60,
    quotaTokens: 185_000,
  },
  ...TELEMETRY_INCIDENTS,
];
