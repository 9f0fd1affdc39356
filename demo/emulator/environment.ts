import * as path from 'node:path';

/** The account that the emulator has by default. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** Where CloudWatch keeps spans. The emulator has no such group by itself. */
export const SPAN_LOG_GROUP = 'aws/spans';

/** Where usage logs of AgentCore are delivered to. */
export const USAGE_LOG_GROUP = '/aws/vendedlogs/bedrock-agentcore/travel-desk';

export const ROOT = path.join(__dirname, '..', '..');

/** Everything the demo writes is below this folder. */
export const DEMO_FOLDER = path.join(ROOT, '.demo');

/** Folder of one run, removed at its end. Each port has its own, so that two runs do not share it. */
export function runFolder(port: number): string {
  return path.join(DEMO_FOLDER, `run-${port}`);
}

export function endpointOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The variables that point any AWS tool at the emulator, without the user's configuration files. */
export function emulatorVariables(port: number): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpointOf(port),
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/**
 * Lines of a shell for the AWS CLI. Version 1 reads AWS_DEFAULT_REGION only, version 2 prefers AWS_REGION and shows long answers
 * in a pager. A profile of the user's would be looked up in a file that is not read.
 */
export function shellLines(): string[] {
  return [
    'unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN',
    `export AWS_ACCESS_KEY_ID=${ACCOUNT} AWS_SECRET_ACCESS_KEY=test AWS_PAGER=`,
    `export AWS_REGION=${REGION} AWS_DEFAULT_REGION=${REGION}`,
    'export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null',
  ];
}

/**
 * An environment without the user's AWS account, pointed at the emulator.
 *
 * All AWS and CDK variables are removed, not only known ones: one that is forgotten could lead to a real account.
 */
export function isolated(env: NodeJS.ProcessEnv, port: number): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    ...emulatorVariables(port),
    CDK_DISABLE_CLI_TELEMETRY: '1',
    CDK_HOME: path.join(runFolder(port), 'cdk-home'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CI: '1',
    NO_PROXY: [env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
    no_proxy: [env.no_proxy, '127.0.0.1'].filter(Boolean).join(','),
  };
}
