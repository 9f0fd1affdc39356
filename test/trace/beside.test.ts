import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('the instrumentation of the AWS SDK makes no second span of a call', () => {
  const program = join(__dirname, '../fixtures/beside-aws-sdk.js');
  const output = execFileSync(process.execPath, [program], { encoding: 'utf8', stdio: 'pipe' });
  const [theirs, ours] = ['@opentelemetry/instrumentation-aws-sdk', 'cdk-bedrock-observability/trace'];
  expect(JSON.parse(output)).toEqual({
    converse: [`${theirs} chat amazon.nova-lite-v1:0`],
    traceConverse: [`${ours} chat amazon.nova-lite-v1:0`],
    retrieve: [`${theirs} BedrockAgentRuntime.Retrieve`],
    traceInvokeAgent: [`${ours} retrieval KB00000001`],
    afterwards: [`${theirs} chat amazon.nova-lite-v1:0`],
  });
});
