import { readFileSync } from 'node:fs';
import { Construct } from 'constructs';
import * as library from '../../lib';

const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, names, what, level]) => ({
    names: [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    what: what!,
    level: level!.trim(),
  }),
);

test('README.md names each construct, what it makes and its level', () => {
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  const named = rows.filter(({ level }) => level !== '').flatMap(({ names }) => names);
  expect(constructs.map(([name]) => name).filter((name) => !named.includes(name))).toEqual([]);
});

test('each level of the README is one of the enum, or says when else the construct is there', () => {
  const words = [...Object.values(library.ObservabilityLevel), 'each', 'on its own', 'on their own', 'with'];
  const levels = rows.filter(({ names }) => names.some((name) => name in library && !(name in library.ObservabilityLevel)));
  expect(levels.filter(({ level }) => !words.some((word) => level.startsWith(word)))).toEqual([]);
});
