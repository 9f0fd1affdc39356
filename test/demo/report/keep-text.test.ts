import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runFolder } from '../../../demo/emulator/environment';
import { keepText } from '../../../demo/report/keep-text';

/** No demo runs on this port. */
const PORT = 1;

const SHELLS = ['sh', 'bash', 'dash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

/** Takes the place of the AWS CLI. */
const AWS = `#!/bin/sh
echo "$AWS_DEFAULT_REGION $AWS_REGION '$AWS_PROFILE' $*"
`;

test.each(SHELLS)('every line of the text can be run in %s: it looks around, ends the processes and removes the folder', async (shell) => {
  const bin = mkdtempSync(path.join(tmpdir(), 'keep-'));
  writeFileSync(path.join(bin, 'aws'), AWS, { mode: 0o755 });
  mkdirSync(runFolder(PORT), { recursive: true });
  const children = [1, 2].map(() => spawn('sleep', ['60'], { detached: true }));
  const ended = children.map((child) => new Promise((resolve) => child.once('close', (_, signal) => resolve(signal))));

  const text = keepText({ port: PORT, groups: children.map(({ pid }) => pid!), dashboard: 'Sample-Dev' });
  const lines = text.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim()] : []));
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: bin, AWS_PROFILE: 'mine', AWS_REGION: 'mine' };
  const { status, stdout, stderr } = spawnSync(shell, ['-ec', lines.join('\n')], { env, encoding: 'utf8' });

  expect([status, stderr]).toEqual([0, '']);
  const endpoint = "us-east-1 us-east-1 '' --endpoint-url http://127.0.0.1:1";
  expect(stdout.trim().split('\n')).toEqual([
    `${endpoint} cloudwatch describe-alarms --state-value ALARM`,
    `${endpoint} cloudwatch get-dashboard --dashboard-name Sample-Dev`,
    `${endpoint} logs describe-log-groups`,
  ]);
  expect(await Promise.all(ended)).toEqual(['SIGKILL', 'SIGKILL']);
  expect(existsSync(runFolder(PORT))).toBe(false);
  rmSync(bin, { recursive: true });
});
