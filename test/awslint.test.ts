import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { exclude, reasons } = JSON.parse(readFileSync(join(__dirname, '..', 'awslint.json'), 'utf8')) as {
  exclude: string[];
  reasons: Record<string, string>;
};

test('each exclusion of awslint names one member and has a reason', () => {
  expect(exclude.filter((rule) => !/^[a-z-]+:cdk-bedrock-observability\.[A-Za-z.]+$/.test(rule))).toEqual([]);
  expect(Object.keys(reasons).sort()).toEqual([...exclude].sort());
});
