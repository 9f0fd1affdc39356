import type { Widget } from './dashboard-body';
import { markup } from './markup';
import type { WidgetContent } from './widget-content';

/** The names of alarms; their state is known in CloudWatch only. */
export function alarmContent({ properties }: Widget): WidgetContent {
  return {
    content: markup`<ul class="alarms">${(properties.alarms ?? []).map((arn) => markup`<li>${nameOf(arn)}</li>`)}</ul>`,
    notes: ['the state of alarms is known in CloudWatch only'],
  };
}

/** An alarm without a name of its own is named by its logical id in the template, which ends with a hash. */
function nameOf(arn: string): string {
  return (arn.split(':alarm:').at(-1) ?? arn).replace(/[0-9A-F]{8}$/, '');
}
