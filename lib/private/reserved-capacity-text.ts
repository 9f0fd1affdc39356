import { Token } from 'aws-cdk-lib';
import { ReservedCapacity } from '../reserved-capacity';
import { requireAboveZero } from './validation';

/** What the function reads of reserved capacity, checked: the commitment is written as the price list has it. */
export function reservedCapacityText(all: readonly ReservedCapacity[]): object[] {
  return all.map(({ modelId, inputTokensPerMinute, outputTokensPerMinute, months }) => {
    requireAboveZero('inputTokensPerMinute', inputTokensPerMinute);
    requireAboveZero('outputTokensPerMinute', outputTokensPerMinute);
    if (!Token.isUnresolved(months) && months !== 1 && months !== 3) {
      throw new Error(`'months' must be 1 or 3, got ${months}`);
    }
    return { modelId, inputTokensPerMinute, outputTokensPerMinute, commitment: `${months}m` };
  });
}
