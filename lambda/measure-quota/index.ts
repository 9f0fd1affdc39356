import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { AwsSources } from '../shared/aws-sources';
import { withDeadline } from '../shared/deadline';
import { readQuotaConfig } from './config';
import { readQuotas } from './read-quotas';
import { usageLines } from './usage-lines';
import type { Quotas } from './quotas';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** Tokens that Bedrock counts against the quota of a minute, by model. Source: Bedrock User Guide, runtime metrics. */
const USAGE = { namespace: 'AWS/Bedrock', metricName: 'EstimatedTPMQuotaUsage', statistic: 'Sum', periodSeconds: 60 };

/** How long the quotas may take, all pages included. */
const DEADLINE_MS = 60_000;

const { namespace } = readQuotaConfig(process.env);
const sources = new AwsSources();
const serviceQuotas = new ServiceQuotasClient({});
const bedrock = new BedrockClient({});

/** Quotas change by request, so they are read a few times a day in each execution environment. */
const READ_AFTER_MS = 6 * 60 * MINUTE;
let read: { readonly quotas: Quotas; readonly at: number } | undefined;

/** Publishes how much of its quota each model used in the busiest minute of the last quarter of an hour. */
export async function handler(): Promise<void> {
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  const usage = await sources.seriesBy('ModelId', USAGE, now - QUARTER, now);
  if (read === undefined || now - read.at >= READ_AFTER_MS) {
    read = { quotas: await withDeadline('the quotas', DEADLINE_MS, (signal) => readQuotas(serviceQuotas, bedrock, signal)), at: now };
  }
  usageLines(namespace, read.quotas, usage, now).forEach((line) => process.stdout.write(`${line}\n`));
}
