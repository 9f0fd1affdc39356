import { LedgerWriter } from '../../../engine/ledger/ledger-writer';
import { Member } from '../../../engine/ledger/members';
import { fullCall, METADATA_KEYS } from './rated-calls';

/** Members whose value is not one value: what is in them depends on the call. */
const OPEN: readonly string[] = [Member.units, Member.unitPrices, Member.unitPricesHigh, Member.metadata];

/** The members that the writer writes, as Logs Insights names them: of a call with a price, of one without, of a bad record. */
export function writtenMembers(): Set<string> {
  const writer = new LedgerWriter(METADATA_KEYS, true);
  const extras = { promptHash: 'abc', outsideMetricWindow: true };
  const lines = [
    writer.line(fullCall(), extras),
    writer.line({ ...fullCall(), status: 'unpriced', reason: 'no price' }, extras),
    LedgerWriter.malformedLine({ kind: 'malformed', reason: 'not JSON', requestId: 'r', time: 0 }),
  ];
  return new Set(lines.flatMap((line) => namesOf(JSON.parse(line) as object)));
}

function namesOf(value: object, before = ''): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const isNested = typeof member === 'object' && !Array.isArray(member) && !OPEN.includes(name);
    return isNested ? namesOf(member as object, `${name}.`) : [before + name];
  });
}
