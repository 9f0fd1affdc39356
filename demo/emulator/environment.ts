import * as path from 'node:path';

/** The emulator's own account; another one would need another setting there. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

export const ROOT = path.join(__dirname, '..', '..');

/** Everything the demo writes is below this folder. */
export const DEMO_FOLDER = path.join(ROOT, '.demo');

/** Folder of one run, removed at its end. By port, so that two runs do not meet. */
export function runFolder(port: number): string {
  return path.join(DEMO_FOLDER, `run-${port}`);
}

export function endpointOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The variables with which any AWS tool talks to the emulator, and to nothing else. */
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
 * Takes everything of the user's AWS account out of an environment and points it at the emulator.
 *
 * Every AWS and CDK variable goes, not a list of the known ones: a forgotten one could reach a real account.
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
