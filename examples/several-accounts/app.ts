import { App } from 'aws-cdk-lib';
import { MonitoringStack } from './monitoring-stack';
import { SourceStage } from './source-stage';

/** Where models are called. */
const SOURCES = [
  { account: '111111111111', region: 'eu-central-1' },
  { account: '222222222222', region: 'eu-central-1' },
  { account: '222222222222', region: 'us-east-1' },
];
/** Where people look. */
const MONITORING = '999999999999';

const app = new App();
/** The ARNs of the sinks by Region, which are outputs of the monitoring stacks: deploy these first, then write them into cdk.json. */
const sinkArns = (app.node.tryGetContext('sinkArns') ?? {}) as Record<string, string>;

for (const region of new Set(SOURCES.map((source) => source.region))) {
  new MonitoringStack(app, `Monitoring-${region}`, {
    env: { account: MONITORING, region },
    sources: SOURCES,
    isHome: region === 'eu-central-1',
  });
}
for (const env of SOURCES) {
  new SourceStage(app, `Source-${env.account}-${env.region}`, { env, sinkArn: sinkArns[env.region] });
}
