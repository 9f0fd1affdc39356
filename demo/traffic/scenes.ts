import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DEFAULT_NAMESPACE, Signals } from '../../engine/telemetry/names';
import type { AlarmReport, Alarms } from '../report/alarms';
import type { Clients } from '../emulator/clients';
import type { Page, Pager } from '../report/pager';

/** The moments at which the alarms are looked at. */
export interface Moments {
  readonly before: Date;
  readonly during: Date;
  /** Absent for records of the user's own: nobody knows when all is well again. */
  readonly after?: Date;
}

/** What happened, and who was told of it. */
export interface Scene {
  readonly at: Date;
  readonly what: string;
  readonly alarms: readonly AlarmReport[];
  readonly pages: readonly Page[];
}

/** Lets the alarms live through the outage: it begins, it is over, and the same again while a maintenance is announced. */
export async function playScenes(clients: Clients, alarms: Alarms, pager: Pager, moments: Moments): Promise<Scene[]> {
  const scenes: Scene[] = [];
  const play = async (what: string, at: Date) => {
    const reports = await alarms.advance(at);
    scenes.push({ at, what, alarms: reports, pages: await pager.take() });
  };
  await alarms.settle(moments.before);
  await play(moments.after ? 'calls fail' : 'the last record', moments.during);
  if (moments.after) {
    await play('they succeed again', moments.after);
    await alarms.settle(moments.before);
    await announceMaintenance(clients, moments.before);
    await play('the same, with a maintenance announced', moments.during);
  }
  return scenes;
}

/** As the runbook of the critical incident says. */
async function announceMaintenance({ cloudWatch }: Clients, Timestamp: Date): Promise<void> {
  const MetricData = [{ MetricName: Signals.MAINTENANCE, Value: 1, Timestamp }];
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: DEFAULT_NAMESPACE, MetricData }));
}
