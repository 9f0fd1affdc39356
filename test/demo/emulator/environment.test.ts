import { spawnSync } from 'node:child_process';
import { emulatorEnvironment } from '../../../demo/emulator/emulator';
import { isolated, shellLines } from '../../../demo/emulator/environment';

const USER = {
  PATH: '/usr/bin',
  HOME: '/home/user',
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'secret',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_ENDPOINT_URL_LOGS: 'https://logs.example.com',
  AWS_CA_BUNDLE: '/ca.pem',
  CDK_DEFAULT_ACCOUNT: '111122223333',
  HTTPS_PROXY: 'http://proxy:3128',
  NO_PROXY: 'intranet',
};

test("nothing of the user's AWS account is left, everything else is", () => {
  const env = isolated(USER, 4566);

  expect(env).toMatchObject({ PATH: '/usr/bin', HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'intranet,127.0.0.1' });
  expect(env).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ACCESS_KEY_ID: '000000000000',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_LOGS', 'AWS_CA_BUNDLE', 'CDK_DEFAULT_ACCOUNT']) {
    expect(env).not.toHaveProperty(name);
  }
});

test('emulated functions inherit nothing of the user, and run on this node', () => {
  const env = emulatorEnvironment({ ...USER, SECRET: 'x' }, '/packages', 4566);

  expect(Object.keys(env).filter((name) => name.startsWith('AWS_'))).toEqual(['AWS_ENDPOINT_URL']);
  expect(env).not.toHaveProperty('SECRET');
  expect(env.HOME).not.toBe('/home/user');
  expect(env.AUTH).toBe('true');
  expect(env.BIND_HOST).toBe('127.0.0.1');
});

test('the lines for a shell of its own set what both AWS CLI 1 and 2 read, and hide the settings of the user', () => {
  const settings = 'AWS_PROFILE=mine AWS_DEFAULT_PROFILE=mine AWS_SESSION_TOKEN=mine AWS_REGION=mine AWS_DEFAULT_REGION=mine';
  const script = ['set -eu', `export ${settings}`, ...shellLines(), 'env'].join('\n');
  const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: process.env.PATH } });

  expect(status).toBe(0);
  expect(stdout).not.toContain('mine');
  // Version 1 reads the Region from AWS_DEFAULT_REGION only, and version 2 pages its output unless AWS_PAGER is empty.
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    expect(stdout).toMatch(new RegExp(`^${name}=.+$`, 'm'));
  }
  expect(stdout).toMatch(/^AWS_PAGER=$/m);
});
