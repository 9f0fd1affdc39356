import type { CompositeAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmState } from './alarm-evaluator';
import { type Expression, parseExpression } from './expressions';

type StateOf = (alarmName: string) => AlarmState;

const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies AlarmState[];

/** The state of a composite alarm, from the states of the alarms that its rule names. */
export function evaluateComposite({ AlarmRule = '' }: Pick<CompositeAlarm, 'AlarmRule'>, stateOf: StateOf): AlarmState {
  return holds(parseExpression('compositeRule', AlarmRule), stateOf) ? 'ALARM' : 'OK';
}

function holds(node: Expression, stateOf: StateOf): boolean {
  switch (node.type) {
    case 'BinaryExpression':
      return node.operator === 'AND'
        ? holds(node.left, stateOf) && holds(node.right, stateOf)
        : holds(node.left, stateOf) || holds(node.right, stateOf);
    case 'UnaryExpression':
      // The only one of the grammar is NOT.
      return !holds(node.argument, stateOf);
    case 'Identifier':
      if (node.name === 'TRUE' || node.name === 'FALSE') {
        return node.name === 'TRUE';
      }
      break;
    case 'CallExpression': {
      const [alarm] = node.arguments;
      const state = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (node.arguments.length === 1 && alarm?.type === 'Literal' && STATES.includes(state)) {
        return stateOf(nameIn(String(alarm.value))) === state;
      }
    }
  }
  throw new Error(`'${node.type}' in the rule of a composite alarm is not among what this evaluator knows`);
}

/** Rules name alarms by name or by ARN. */
const nameIn = (alarm: string): string => alarm.split(':alarm:').at(-1) ?? '';
