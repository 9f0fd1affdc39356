import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './command-line';

test('the command works from the packed tarball, with nothing installed beside it', () => {
  const folder = temporaryFolder();
  const root = join(__dirname, '..', '..');
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' })) as [{ filename: string }];
  execFileSync('tar', ['-xzf', filename], { cwd: folder });
  const { bin, version } = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
    version: string;
  };
  const entry = join(folder, 'package', bin['bedrock-observability'] ?? '');
  const command = (...args: string[]) => execFileSync(process.execPath, [entry, ...args], { cwd: folder, encoding: 'utf8' });
  expect(readFileSync(entry, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  expect(command('--version')).toBe(`${version}\n`);
  expect(command('price', 'amazon.nova-micro-v1:0', '--region', 'us-east-1', '--usage', 'input=1000000')).toContain('0.035');
}, 60_000);

test('the package without the CDK has no dependency: its command and its trace module work where nothing else is installed', () => {
  const folder = temporaryFolder();
  const root = join(__dirname, '..', '..');
  const script = `import { packCommandLine } from './scripts/command-line-package.mjs'; console.log(await packCommandLine(${JSON.stringify(folder)}));`;
  const tarball = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' }).trim();
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--offline', '--prefix', folder, tarball], { cwd: folder, encoding: 'utf8' });
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['bedrock-observability']);
  const entry = join(folder, 'node_modules', '.bin', 'bedrock-observability');
  const command = (...args: string[]) => execFileSync(entry, args, { cwd: folder, encoding: 'utf8' });
  expect(command('price', 'amazon.nova-micro-v1:0', '--region', 'us-east-1', '--usage', 'input=1000000')).toContain('0.035');
  const application =
    "import { traceContext, traceConverse, traceInvokeAgent } from 'bedrock-observability/trace'; console.log(traceContext(), typeof traceConverse, typeof traceInvokeAgent);";
  writeFileSync(join(folder, 'application.mjs'), application);
  expect(execFileSync(process.execPath, ['application.mjs'], { cwd: folder, encoding: 'utf8' })).toBe('{} function function\n');
  expect(readdirSync(join(folder, 'node_modules', 'bedrock-observability'))).toEqual(
    expect.arrayContaining(['LICENSE', 'NOTICE', 'README.md', 'package.json']),
  );
}, 60_000);
