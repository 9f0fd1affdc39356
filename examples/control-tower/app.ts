import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { MemberLogging } from 'cdk-bedrock-observability';

const app = new App({ analyticsReporting: false });
// Control Tower deploys the template to accounts that are not bootstrapped for the CDK.
const stack = new Stack(app, 'bedrock-member-logging', {
  synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
});
new MemberLogging(stack, 'MemberLogging', { destinationAccount: '999999999999' });
