import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DashboardWidget } from '../../dashboard-widget';
import { BEDROCK_NAMESPACE } from '../bedrock-namespace';
import { CHOSEN_MODEL } from './chosen-model';

/** The choices of a viewer: a model, if a widget shows a chosen model, and a Region, if there are several. */
export function dashboardVariables(widgets: DashboardWidget[], region: string, regions?: string[]): cloudwatch.IVariable[] {
  const model = new cloudwatch.DashboardVariable({
    id: 'model',
    label: 'Model',
    type: cloudwatch.VariableType.PATTERN,
    inputType: cloudwatch.VariableInputType.SELECT,
    value: CHOSEN_MODEL,
    values: cloudwatch.Values.fromSearchComponents({
      namespace: BEDROCK_NAMESPACE,
      dimensions: ['ModelId'],
      metricName: 'Invocations',
      populateFrom: 'ModelId',
    }),
    defaultValue: cloudwatch.DefaultValue.FIRST,
    visible: true,
  });
  return [
    ...(widgets.some(({ _props: { title } }) => title.includes(CHOSEN_MODEL)) ? [model] : []),
    ...(regions ? [regionVariable(region, regions)] : []),
  ];
}

function regionVariable(region: string, regions: string[]): cloudwatch.IVariable {
  const invalid = regions.find((each) => !Token.isUnresolved(each) && !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(each));
  if (regions.length === 0 || invalid !== undefined) {
    throw new Error(`'regions' must name at least one Region, such as eu-west-1, got '${invalid ?? ''}'`);
  }
  if (![region, ...regions].some((each) => Token.isUnresolved(each)) && !regions.includes(region)) {
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
