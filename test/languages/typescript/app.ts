import { App, Stack } from 'aws-cdk-lib';
import { BedrockObservability } from 'cdk-bedrock-observability';

const app = new App();
const stack = new Stack(app, 'Languages');
new BedrockObservability(stack, 'BedrockObservability');
app.synth();
