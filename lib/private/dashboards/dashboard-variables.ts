import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DashboardWidget } from '../../dashboard-widget';
import { CHOSEN_MODEL } from './traffic-widgets';

/** What a viewer can choose: a model, where a widget shows one, and a Region, where there are several. */
export function dashboardVariables(rows: DashboardWidget[], region: string, regions?: string[]): cloudwatch.IVariable[] {
  const model = new cloudwatch.DashboardVariable({
    id: 'model',
    label: 'Model',
    type: cloudwatch.VariableType.PATTERN,
    inputType: cloudwatch.VariableInputType.SELECT,
    value: CHOSEN_MODEL,
    values: cloudwatch.Values.fromSearchComponents({
      namespace: 'AWS/Bedrock',
      dimensions: ['ModelId'],
      metricName: 'Invocations',
      populateFrom: 'ModelId',
    }),
    defaultValue: cloudwatch.DefaultValue.FIRST,
    visible: true,
  });
  return [
    ...(rows.some(({ _props: { title } }) => title.includes(CHOSEN_MODEL)) ? [model] : []),
    ...(regions ? [regionOf(region, regions)] : []),
  ];
}

function regionOf(region: string, regions: string[]): cloudwatch.IVariable {
  const wrong = regions.find((each) => !Token.isUnresolved(each) && !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(each));
  if (regions.length === 0 || wrong !== undefined) {
    throw new Error(`'regions' must name at least one Region, such as eu-west-1, got '${wrong ?? ''}'`);
  }
  if (!Token.isUnresolved(region) && !regions.includes(region)) {
    throw new Error(`'regions' must include the Region of the stack, '${region}', got '${regions.join(', ')}'`);
  }
  return new cloudwatch.DashboardVariable({
    id: 'region',
    label: 'Region',
    type: cloudwatch.VariableType.PROPERTY,
    inputType: cloudwatch.VariableInputType.SELECT,
    value: 'region',
    values: cloudwatch.Values.fromValues(...regions.map((value) => ({ value }))),
    defaultValue: cloudwatch.DefaultValue.value(region),
    visible: true,
  });
}
