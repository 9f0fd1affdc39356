import type { NamedOwnership, OwnershipRecord } from '../shared/ownership-record';
import type { Ownership } from './ownership';
import type { SpanDestination } from './span-destination';

type Others = readonly NamedOwnership<Ownership>[];

/** The share of the spans that X-Ray indexes: set where it is asked for, and given back. */
export class IndexingPercentage {
  constructor(
    private readonly destination: SpanDestination,
    private readonly record: OwnershipRecord<Ownership>,
  ) {}

  async apply(wanted: number | undefined, own: Ownership, others: Others): Promise<void> {
    if (wanted === undefined) {
      await this.record.write(await this.release(own, others));
      return;
    }
    const current = await this.destination.percentage();
    const { percentages = [], formerPercentage } = own;
    // A percentage that this resource did not set is somebody's choice, which is to be given back.
    const isOurs = current !== undefined && percentages.includes(current);
    const former = isOurs || current === wanted ? formerPercentage : current;
    if (current !== wanted) {
      await this.record.write({ ...own, percentages: [wanted, ...percentages], formerPercentage: former });
      await this.destination.setPercentage(wanted);
    }
    await this.record.write({ ...own, percentages: [wanted], formerPercentage: former });
  }

  /**
   * Gives back what was there before. Where another resource asks for the same, or has put its own over it, that one will.
   *
   * @returns the record without a percentage
   */
  async release({ percentages = [], formerPercentage, ...left }: Ownership, others: Others): Promise<Ownership> {
    const heir = others.find(({ ownership }) =>
      [...(ownership.percentages ?? []), ownership.formerPercentage].some((each) => each !== undefined && percentages.includes(each)),
    );
    if (heir && formerPercentage !== undefined) {
      await this.record.write({ ...heir.ownership, formerPercentage }, heir.name);
    }
    if (!heir && formerPercentage !== undefined) {
      const current = await this.destination.percentage();
      if (current !== undefined && percentages.includes(current)) {
        await this.destination.setPercentage(formerPercentage);
      }
    }
    return left;
  }
}
