import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Clients } from '../emulator/clients';
import type { AlarmReport, Alarms } from '../report/alarms';
import type { Page, Pager } from '../report/pager';
import type { Moments } from './traffic';

/** The alarms at one moment, and the messages that their changes caused. */
export interface Scene {
  readonly at: Date;
  readonly what: string;
  readonly alarms: readonly AlarmReport[];
  readonly pages: readonly Page[];
}

/** Moves the alarms through the outage and its end, then through the outage again with a maintenance announced. */
export async function playScenes(clients: Clients, alarms: Alarms, pager: Pager, moments: Moments): Promise<Scene[]> {
  const scenes: Scene[] = [];
  const play = async (what: string, at: Date) => {
    const reports = await alarms.advanceTo(at);
    scenes.push({ at, what, alarms: reports, pages: await pager.take() });
  };
  await alarms.startFrom(moments.before);
  await play(moments.after ? 'calls fail' : 'the last record', moments.during);
  if (moments.after) {
    await play('calls succeed again', moments.after);
    await alarms.startFrom(moments.before);
    await announceMaintenance(clients, alarms.maintenanceTopic(), moments.before);
    await play('calls fail during an announced maintenance', moments.during);
  }
  return scenes;
}

/** CloudWatch counts the messages to a topic; the emulator does not. */
async function announceMaintenance({ cloudWatch }: Clients, topicName: string, Timestamp: Date): Promise<void> {
  const Dimensions = [{ Name: 'TopicName', Value: topicName }];
  const MetricData = [{ MetricName: 'NumberOfMessagesPublished', Value: 1, Timestamp, Dimensions }];
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/SNS', MetricData }));
}
