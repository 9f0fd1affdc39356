import type { CompositeAlarm } from '@aws-sdk/client-cloudwatch';
import jsep from 'jsep';
import type { AlarmState } from './alarm-evaluator';
// It has registered AND and OR, which rules and metric math share.
import './metric-math';

jsep.addUnaryOp('NOT');

/** The state of a composite alarm, from the states of the alarms that its rule names. */
export function evaluateComposite(alarm: Pick<CompositeAlarm, 'AlarmRule'>, states: (alarmName: string) => AlarmState): AlarmState {
  const holds = (node: jsep.CoreExpression): boolean => {
    const child = (part: jsep.Expression | null) => holds(part as jsep.CoreExpression);
    if (node.type === 'BinaryExpression' && node.operator === 'AND') {
      return child(node.left) && child(node.right);
    }
    if (node.type === 'BinaryExpression' && node.operator === 'OR') {
      return child(node.left) || child(node.right);
    }
    if (node.type === 'UnaryExpression' && node.operator === 'NOT') {
      return !child(node.argument);
    }
    if (node.type === 'Identifier' && (node.name === 'TRUE' || node.name === 'FALSE')) {
      return node.name === 'TRUE';
    }
    const [name] = node.type === 'CallExpression' ? (node.arguments as jsep.CoreExpression[]) : [];
    const state = node.type === 'CallExpression' ? (node.callee as jsep.Identifier).name : '';
    if (name?.type === 'Literal' && ['OK', 'ALARM', 'INSUFFICIENT_DATA'].includes(state)) {
      return states(String(name.value).split(':alarm:').at(-1) ?? '') === state;
    }
    throw new Error(`'${node.type}' in the rule of a composite alarm is not among what this evaluator knows`);
  };
  return holds(jsep(alarm.AlarmRule ?? '') as jsep.CoreExpression) ? 'ALARM' : 'OK';
}
