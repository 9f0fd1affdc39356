import { ExpectedResult, type IApiCall, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, CfnMapping, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';

/** The cheapest model, as each Region names it. A call of it costs far less than a cent. */
const MODELS = {
  'us-east-1': { id: 'us.amazon.nova-micro-v1:0' },
  'us-east-2': { id: 'us.amazon.nova-micro-v1:0' },
  'us-west-2': { id: 'us.amazon.nova-micro-v1:0' },
  'eu-central-1': { id: 'eu.amazon.nova-micro-v1:0' },
  'eu-west-1': { id: 'eu.amazon.nova-micro-v1:0' },
  'ap-northeast-1': { id: 'apac.amazon.nova-micro-v1:0' },
};

/** A time span that is the same in each run, and has all of them. */
const SPAN = { StartTime: '2026-11-01T00:00:00Z', EndTime: '2029-11-01T00:00:00Z' };
const QUERY_SPAN = { startTime: 1_793_491_200, endTime: 1_888_185_600 };

/** What everything that is stored is made with: a test leaves nothing behind. */
export const GONE = RemovalPolicy.DESTROY;

interface Query {
  readonly queryString: string;
  readonly logGroupNames: string[];
}

/** The saved queries of a stack, and those of its dashboards. */
function queriesIn(stack: Stack): Query[] {
  return stack.node.findAll().flatMap((each): Query[] => {
    if (each instanceof logs.CfnQueryDefinition) return [{ queryString: each.queryString, logGroupNames: each.logGroupNames ?? [] }];
    return each instanceof cloudwatch.CfnDashboard ? queriesOnDashboard(stack, each) : [];
  });
}

function queriesOnDashboard(stack: Stack, { dashboardBody }: cloudwatch.CfnDashboard): Query[] {
  const body = stack.resolve(dashboardBody) as string | { 'Fn::Sub': string | [string, Record<string, unknown>] };
  const substituted = typeof body === 'string' ? body : body['Fn::Sub'];
  const [template, variables] = typeof substituted === 'string' ? [substituted, {}] : substituted;
  // References become texts, which JSON.parse leaves as they are.
  const text = template.replace(/\$\{(!?)(.+?)\}/g, (_, literal, name: string) =>
    literal ? `\${${name}}` : Token.asString(variables[name] ?? { Ref: name }),
  );
  const { widgets } = JSON.parse(text) as { widgets: { type: string; properties: { query?: string } }[] };
  return widgets
    .filter(({ type }) => type === 'log')
    .map(({ properties: { query = '' } }) => ({
      // The API takes log groups beside the query, a dashboard in it.
      queryString: query.replaceAll(SOURCE, ''),
      logGroupNames: [...query.matchAll(SOURCE)].map(([, name]) => name!),
    }));
}

const SOURCE = /SOURCE '([^']*)' \| /g;

/** A stack that is deployed to an account, and what must then be true. */
export class AccountTest {
  /** With the flags that integ-runner sets, so that both make the same snapshots. */
  readonly app = new App({ context: recommended });
  readonly stack: Stack;
  readonly test: IntegTest;

  constructor(name: string) {
    this.stack = new Stack(this.app, `Integ${name}`);
    this.test = new IntegTest(this.app, name, { testCases: [this.stack], diffAssets: false });
  }

  /** Calls the cheapest model once. */
  callModel(): IApiCall {
    const models = new CfnMapping(this.stack, 'Models', { mapping: MODELS });
    const modelId = this.stack.exportValue(models.findInMap(this.stack.region, 'id'), { name: `${this.stack.stackName}Model` });
    const call = this.test.assertions.awsApiCall('bedrock-runtime', 'Converse', {
      modelId,
      messages: [{ role: 'user', content: [{ text: 'Say yes' }] }],
      inferenceConfig: { maxTokens: 5 },
    });
    call.provider.addToRolePolicy({ Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: ['*'] });
    return call;
  }

  /** After a call: waits until a request has the given answer, up to 15 minutes. */
  eventually(after: IApiCall | undefined, service: string, api: string, parameters: unknown, answer: Record<string, unknown>): IApiCall {
    const request = this.test.assertions.awsApiCall(service, api, parameters);
    request
      .expect(ExpectedResult.objectLike(answer))
      .waitForAssertions({ totalTimeout: Duration.minutes(15), interval: Duration.seconds(30) });
    return after ? after.next(request) : request;
  }

  /** The meter has written a line for the call, with a price. */
  eventuallyInLedger(call: IApiCall, logGroup: logs.ILogGroup): IApiCall {
    const parameters = { logGroupName: logGroup.logGroupName, filterPattern: '"priced"' };
    return this.eventually(call, 'cloudwatch-logs', 'FilterLogEvents', parameters, {
      events: Match.arrayWith([Match.objectLike({ message: Match.stringLikeRegexp('"costUsd"') })]),
    });
  }

  /** CloudWatch has made a metric of what a function printed: there is a data point. */
  eventuallyMetric(
    after: IApiCall,
    Namespace: string,
    MetricName: string,
    Dimensions?: ReadonlyArray<{ Name: string; Value: string }>,
  ): IApiCall {
    const parameters = { ...SPAN, Namespace, MetricName, Dimensions, Period: 86_400, Statistics: ['Sum'] };
    return this.eventually(after, 'cloudwatch', 'GetMetricStatistics', parameters, {
      Datapoints: Match.arrayWith([Match.objectLike({ Unit: Match.stringLikeRegexp('.+') })]),
    });
  }

  /** An alarm is in one of the states of CloudWatch that need data. */
  eventuallyEvaluated(after: IApiCall | undefined, alarmName: string): IApiCall {
    return this.eventually(
      after,
      'cloudwatch',
      'DescribeAlarms',
      { AlarmNames: [alarmName] },
      {
        MetricAlarms: [Match.objectLike({ StateValue: Match.stringLikeRegexp('^(OK|ALARM)$') })],
      },
    );
  }

  /** A function ends without an error when it is invoked with an event. */
  runs(invoked: lambda.Function, event: object): void {
    this.test.assertions
      .invokeFunction({ functionName: invoked.functionName, payload: JSON.stringify(event) })
      .expect(ExpectedResult.objectLike({ StatusCode: 200, Payload: 'null' }));
  }

  /** Logs Insights carries out each saved query and each query of a dashboard, one after the other. */
  answersQueries(): void {
    let before: IApiCall | undefined;
    for (const query of queriesIn(this.stack)) {
      const started = this.test.assertions.awsApiCall('cloudwatch-logs', 'StartQuery', { ...QUERY_SPAN, ...query });
      before?.next(started);
      const queryId = started.getAttString('queryId');
      before = this.eventually(started, 'cloudwatch-logs', 'GetQueryResults', { queryId }, { status: 'Complete' });
    }
  }

  /** A dashboard is stored as it was sent. */
  hasDashboard(dashboardName: string): void {
    this.test.assertions
      .awsApiCall('cloudwatch', 'GetDashboard', { DashboardName: dashboardName })
      .expect(ExpectedResult.objectLike({ DashboardBody: Match.stringLikeRegexp('"widgets"') }));
  }
}
