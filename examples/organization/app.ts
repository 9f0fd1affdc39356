import { App } from 'aws-cdk-lib';
import { CentralStack } from './central-stack';
import { DestinationStack } from './destination-stack';
import { ManagementStack } from './management-stack';
import { ORGANIZATION } from './organization';

const { id: organizationId, management, central, members, home, regions, organizationalUnits, stream: streamName } = ORGANIZATION;

const app = new App();
/** The ARNs of the sinks by Region, which are outputs of the destination stacks: deploy these first, then write them into cdk.json. */
const sinkArns = (app.node.tryGetContext('sinkArns') ?? {}) as Record<string, string>;

new CentralStack(app, 'BedrockCentral', {
  env: { account: central, region: home },
  streamName,
  members: members.flatMap((account) => regions.map((region) => ({ account, region }))),
});
for (const region of regions) {
  new DestinationStack(app, `BedrockDestination-${region}`, { env: { account: central, region }, organizationId, home, streamName });
}
new ManagementStack(app, 'BedrockMembers', {
  env: { account: management, region: home },
  organizationalUnits,
  regions,
  central,
  sinkArns,
});
