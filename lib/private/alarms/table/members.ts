import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { AlarmRow } from './row';

/** The rule about members of an organization whose records do not arrive. */
export const SILENT_ROW: Omit<AlarmRow, 'metric'> = {
  name: 'MemberSilent',
  tier: AlarmTier.WARNING,
  category: AlarmCategory.TELEMETRY,
  summary: () => 'members of the organization call models, and no record of them arrives: all figures lack their calls',
  firstCheck: 'the last line with "members" in the log of the function: which accounts and Regions',
  threshold: 0,
  allowedRange: [0, 0],
  evaluationPeriods: 2,
  reason: 'a member counts after ten calls in six hours, an hour after the last of them, and records can be late',
};
