import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { AlarmRow } from './row';

/** The rule about questions to AWS that fail, and about a function that asks none: its metric has a value every hour. */
export const UNRECORDED_ROW: Omit<AlarmRow, 'metric'> = {
  name: 'UnrecordedUsageIncomplete',
  tier: AlarmTier.WARNING,
  category: AlarmCategory.TELEMETRY,
  summary: () => 'batch jobs, capacity or other usage without a record could not be counted: its figures are too low',
  firstCheck: 'the warnings and errors in the log group of the function, and that its schedule is enabled',
  threshold: 0,
  allowedRange: [0, 0],
  evaluationPeriods: 3,
  treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  warmUp: Duration.hours(5),
  reason: 'it asks every hour; what it could not ask in an hour it does not ask again',
};
