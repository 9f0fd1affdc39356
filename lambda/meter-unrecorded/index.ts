import type { Context, EventBridgeEvent } from 'aws-lambda';
import { rowOf } from '../../engine/ledger/row';
import { rateUnrecorded } from '../../engine/unrecorded/rate-unrecorded';
import { failedLines, unrecordedLines } from '../../engine/unrecorded/unrecorded-lines';
import type { UnrecordedUsage } from '../../engine/unrecorded/unrecorded-usage';
import { getObject } from '../shared/get-object';
import { ledgerTable } from '../shared/ledger-table';
import { rowsPutter } from '../shared/put-rows';
import { LookUps } from '../shared/look-ups';
import { newPrices } from '../shared/new-prices';
import { writeText } from '../shared/write-lines';
import { readUnrecordedConfig } from './config';
import { type At, HOURLY, usageOfJobs } from './questions';

const HOUR = 3_600_000;

const config = readUnrecordedConfig(process.env);
const lookUps = new LookUps(config.lookUpMs);
const writeLines = ledgerTable({ ...config, ledgerLogged: true }, lookUps, writeText, () => Promise.resolve({ rowOf, rowsPutter }));
const prices = newPrices({ ...config, lookUps, loadReader: () => Promise.resolve({ getObject }) });

type BatchStateChange = EventBridgeEvent<'Batch Inference Job State Change', { readonly batchJobArn?: string }>;

/** Counts a batch job that ended, or on a schedule what of an hour no record describes. */
export async function handler(event: BatchStateChange | EventBridgeEvent<'Scheduled Event', object>, context: Context): Promise<void> {
  lookUps.begin();
  await prices.prepare?.(Date.now());
  if (event['detail-type'] === 'Batch Inference Job State Change') {
    const { batchJobArn } = event.detail as { batchJobArn?: string };
    await write(batchJobArn === undefined ? [] : await usageOfJobs([batchJobArn], config));
    return;
  }
  // The time of the schedule, so that a run that is tried again counts the same hour. The hour before the last: metrics are late.
  const hour = Math.floor(Date.parse(event.time) / HOUR) * HOUR - 2 * HOUR;
  const { usages, failed } = await ofHour({ hour, region: config.region, accountId: context.invokedFunctionArn.split(':')[4] ?? '' });
  await write(usages);
  await writeText(textOf(failedLines(failed, config.namespace, Date.now())));
}

async function ofHour(at: At): Promise<{ usages: UnrecordedUsage[]; failed: number }> {
  const usages: UnrecordedUsage[] = [];
  let failed = 0;
  for (const [name, ask] of HOURLY) {
    try {
      usages.push(...(await ask(at, config)));
    } catch (error) {
      failed += 1;
      console.warn(`${name} cannot be counted for this hour: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
  return { usages, failed };
}

async function write(usages: readonly UnrecordedUsage[]): Promise<void> {
  if (usages.length > 0) {
    const rated = usages.map((usage) => rateUnrecorded(usage, prices));
    await writeLines(textOf(unrecordedLines(rated, config, prices)));
  }
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
