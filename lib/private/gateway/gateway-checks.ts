import { Token } from 'aws-cdk-lib';
import type { OtelGatewayOptions } from '../../otel-gateway-options';
import { OtlpSignal } from '../../otlp-signal';
import { requireUsable } from '../usable';
import { requireAboveZero, requireKnown, requireUnique } from '../validation';

/** With less the queues of the destinations are too small for one batch. */
const MIN_MEMORY_MIB = 512;

/** Whole numbers that are written into the configuration, each with its least value. */
const NUMBERS = { memoryLimitMiB: MIN_MEMORY_MIB, maxAttributeLength: 1 } as const;

/** Throws for what the collector would refuse when it starts, or take for something else. */
export function checkGateway(options: OtelGatewayOptions): void {
  const { destinations, attributes = [], blockedValues = [], resourceAttributes = {}, sampling } = options;
  if (destinations.length === 0) {
    throw new Error("'destinations' must name at least one destination, for example OtlpDestination.cloudWatch(), got none");
  }
  destinations.forEach((destination) => {
    if (!destination.signals.some((signal) => signal !== OtlpSignal.LOGS)) {
      throw new Error("'destinations' must take spans or metrics, got one that takes logs only: a gateway takes no logs");
    }
  });
  Object.entries(NUMBERS).forEach(([prop, least]) => {
    const value = options[prop as keyof typeof NUMBERS];
    requireKnown(prop, value);
    if (value !== undefined && !(Number.isInteger(value) && value >= least)) {
      throw new Error(`'${prop}' must be a whole number of at least ${least}, got ${value}`);
    }
  });
  requireKnown('attributes', attributes);
  attributes.forEach((key) => requireKey('attributes', key));
  requireUnique('attributes', attributes);
  Object.keys(resourceAttributes).forEach((key) => requireKey('resourceAttributes', key));
  requireKnown('blockedValues', blockedValues);
  blockedValues.forEach(requirePattern);
  requireUsable({ resourceAttributes });
  if (sampling) {
    const { percentage, slowerThan, decisionAfter, moreOutputTokensThan = 0 } = sampling;
    requireKnown('sampling.percentage', percentage);
    if (!(percentage >= 0 && percentage <= 100)) {
      throw new Error(`'sampling.percentage' must be between 0 and 100, got ${percentage}`);
    }
    Object.entries({ slowerThan, decisionAfter }).forEach(([prop, duration]) => {
      requireKnown(`sampling.${prop}`, duration);
      if (duration) requireAboveZero(`sampling.${prop}`, duration.toSeconds({ integral: false }));
      if (duration && prop === 'decisionAfter' && !Number.isInteger(duration.toSeconds({ integral: false }))) {
        throw new Error(`'sampling.decisionAfter' must be whole seconds, got ${duration.toString()}`);
      }
    });
    requireKnown('sampling.moreOutputTokensThan', moreOutputTokensThan);
    if (!(Number.isInteger(moreOutputTokensThan) && moreOutputTokensThan >= 0)) {
      throw new Error(`'sampling.moreOutputTokensThan' must be a whole number, 0 or more, got ${moreOutputTokensThan}`);
    }
  }
}

function requireKey(prop: string, key: string): void {
  if (!Token.isUnresolved(key) && !/^\S{1,255}$/.test(key)) {
    throw new Error(`'${prop}' must be names of attributes, without blanks, got '${key}'`);
  }
}

/** Go's regular expressions have no look-around and no back references. Source: the syntax page of RE2. */
function requirePattern(pattern: string): void {
  if (Token.isUnresolved(pattern)) return;
  const flagless = pattern.replace(/^\(\?[imsU]+\)/, '');
  try {
    new RegExp(flagless);
  } catch {
    throw new Error(`'blockedValues' must be regular expressions (RE2), got '${pattern}'`);
  }
  if (pattern === '' || /\(\?<?[=!]|\\[1-9]/.test(pattern)) {
    throw new Error(
      `'blockedValues' must be regular expressions of RE2, which has no look-around and no back references, got '${pattern}'`,
    );
  }
}

/** Throws for numbers of tasks that cannot be, or that would split the traces which are sampled. */
export function checkTasks(minTasks: number, maxTasks: number, sampling: unknown): void {
  Object.entries({ minTasks, maxTasks }).forEach(([prop, value]) => {
    requireKnown(prop, value);
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new Error(`'${prop}' must be a whole number of at least 1, got ${value}`);
    }
  });
  if (maxTasks < minTasks) {
    throw new Error(`'maxTasks' must be at least 'minTasks', which is ${minTasks}, got ${maxTasks}`);
  }
  if (sampling && maxTasks > 1) {
    throw new Error(
      `'maxTasks' must be 1 with 'sampling', because all spans of a trace must pass through one task, got ${maxTasks}: ` +
        `give that task more memory, or leave out 'sampling'`,
    );
  }
}

/** Source: Amazon ECS Developer Guide, "Fargate task definition differences": the sizes of tasks start with a quarter of a CPU. */
export function requireTaskSize(cpu: number | undefined): void {
  requireKnown('cpu', cpu);
  if (cpu !== undefined && !(Number.isInteger(cpu) && cpu >= 256)) {
    throw new Error(`'cpu' must be a whole number of at least 256, which is a quarter of a CPU, got ${cpu}`);
  }
}
