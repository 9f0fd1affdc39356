import { BedrockClient } from '@aws-sdk/client-bedrock';
import { AwsSources } from '../shared/aws-sources';
import { readSignalsConfig } from './config';
import { deliveryLogGroup } from './delivery';
import { type LoggingChange, loggingChange } from './logging-change';
import { linesOf, runSchedule } from './publish';

const config = readSignalsConfig(process.env);
const bedrock = new BedrockClient({});
const sources = Object.assign(new AwsSources(), { deliveryLogGroup: () => deliveryLogGroup(bedrock) });

/** Publishes the signals of a schedule, or a change of the logging configuration that CloudTrail recorded. */
export async function handler(event: { readonly schedule: string } | LoggingChange): Promise<void> {
  if ('detail' in event) {
    write(linesOf(loggingChange(event, config), config, Date.now()));
    return;
  }
  const { lines, failures } = await runSchedule(event.schedule, sources, config, Date.now());
  write(lines);
  if (failures.length > 0) {
    throw new Error(`${failures.length} of the signals failed: ${failures.map(({ message }) => message).join('; ')}`);
  }
}

// Straight to the stream: console.log would put a prefix before metric lines.
function write(lines: readonly string[]): void {
  lines.forEach((line) => process.stdout.write(`${line}\n`));
}
