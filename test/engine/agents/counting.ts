import { countTraces, type CountedCall } from '../../../engine/agents/counted';
import type { Span } from '../../../engine/agents/span';
import { type Described, read } from './spans';

export const callsIn = (spans: readonly Span[]): CountedCall[] => countTraces(spans).flatMap(({ calls }) => calls);
export const calls = (...spans: Described[]): CountedCall[] => callsIn(read(...spans));
export const totals = (counted: readonly CountedCall[]) => ({
  calls: counted.filter(({ basis }) => basis === 'model').length,
  input: counted.reduce((sum, { tokens }) => sum + (tokens?.input ?? 0), 0),
  output: counted.reduce((sum, { tokens }) => sum + (tokens?.output ?? 0), 0),
});
