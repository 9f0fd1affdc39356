// awslint over the compiled API. Refuses what awslint.json does not exclude, and an exclusion that excludes nothing any more.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { status, stdout, stderr } = spawnSync('awslint', ['--no-compile', '--no-config'], { encoding: 'utf8' });
const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('[awslint:'));
if (status !== 0 && lines.length === 0) {
  throw new Error(`awslint failed:\n${stdout}${stderr}`);
}

const ruleOf = (line) => /\[awslint:([^\]]+)\]/.exec(line)[1];
const { exclude } = JSON.parse(readFileSync('awslint.json', 'utf8'));
const found = new Set(lines.map(ruleOf));
const faults = [
  ...lines.filter((line) => !exclude.includes(ruleOf(line))),
  ...exclude.filter((rule) => !found.has(rule)).map((rule) => `'${rule}' in awslint.json excludes nothing: remove it`),
];
if (faults.length > 0) {
  throw new Error(faults.join('\n'));
}
