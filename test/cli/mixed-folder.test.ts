import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NoLog } from '../../cli/input/no-log';
import { readSource } from '../../cli/input/record-reader';
import { sourcesOf } from '../../cli/input/sources';
import { cases } from '../cases';
import { ARCHIVES, type Files } from './archives';
import { found } from './found-records';
import { runInProcess } from './command-line';
import { ENCODINGS, PACKINGS, records, textsOf } from './random-files';
import { call, file, lines } from './replaying';
import { WRITERS } from './record-writers';

/** What lies in folders beside logs. */
const NO_LOGS: Readonly<Record<string, string>> = {
  'README.txt': 'Logs of November\n\nCopied by hand {see the wiki}.\n- "a": list\n',
  'package.json': JSON.stringify({ name: 'logs', files: ['a'], scripts: { test: 'jest' }, nested: { input: {} } }, undefined, 2),
  'list.csv': 'name,count\na,1\nb,2\n',
  'tsconfig.json': '{\n  // strict\n  "compilerOptions": {},\n}\n',
  'rows.ndjson': '{"level":"info","text":"started"}\n{"level":"info","text":"ended"}\n',
};

const oneFile = fc.record({
  records,
  writer: fc.constantFrom(...WRITERS),
  encoding: fc.constantFrom(...ENCODINGS),
  packing: fc.constantFrom(...PACKINGS),
});

const layout = fc.constantFrom<readonly [string, ((files: Files) => Buffer)?]>(['a folder'], ...ARCHIVES);

test('random records are the same in files of all forms, encodings and packings in one folder or archive, beside files that are no logs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oneFile, { minLength: 1, maxLength: 6 }), layout, async (files, [, archive]) => {
      const folder = mkdtempSync(join(tmpdir(), 'mixed-'));
      const expected: unknown[] = [];
      const contents: Record<string, Buffer> = {};
      for (const [n, { records, writer, encoding, packing }] of files.entries()) {
        const written = packing[1](encoding[1](writer.write(textsOf(records, writer.indented))));
        contents[`${n}.log`] = written;
        expected.push(...(await found(textsOf(records).join('\n'))).records);
      }
      Object.entries(NO_LOGS).forEach(([name, text]) => (contents[name] = Buffer.from(text)));
      const written = archive ? { 'logs.log': archive(contents) } : contents;
      Object.entries(written).forEach(([name, bytes]) => writeFileSync(join(folder, name), bytes));

      const read: unknown[] = [];
      const noLogs: string[] = [];
      const walk = { visited: new Set<string>(), onSkipped: fail, onUnreadable: fail };
      for await (const source of sourcesOf([folder], walk)) {
        await readSource(source, { record: (each) => read.push(each.kind === 'call' ? each : { ...each, time: undefined }) }).catch(
          (error) => {
            expect(error).toBeInstanceOf(NoLog);
            noLogs.push(source.name.slice(folder.length + 1).replace('logs.log:', ''));
          },
        );
      }
      rmSync(folder, { recursive: true });
      expect(read).toEqual(expected);
      expect(noLogs.sort()).toEqual(Object.keys(NO_LOGS).sort());
    }),
    { numRuns: cases(15, 200) },
  );
});

const fail = (name: string): never => {
  throw new Error(`${name} is read`);
};

test('a file that is no log is said and is no failure; a damaged log is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mixed-'));
  Object.entries(NO_LOGS).forEach(([name, text]) => writeFileSync(join(folder, name), text));
  writeFileSync(join(folder, 'log.ndjson'), lines(call(1)));
  const { code, err, out } = await runInProcess(['replay', folder]);
  expect([code, err]).toEqual([0, `skipped files that are no logs: 5, the first is ${join(folder, 'README.txt')}\n`]);
  expect(out).toContain('1 record: 1 priced, 0 unpriced, 0 ignored, 0 malformed');

  const damaged = await runInProcess(['replay', file(`text\n${'more text\n'.repeat(200)}{"schemaType":"ModelInvocationLog",\n`), folder]);
  expect(damaged.code).toBe(3);
  expect(damaged.out).toMatch(/20[12] malformed/);
});

test('nothing but what is no log is no result', async () => {
  const { code, err } = await runInProcess(['replay', file(NO_LOGS['README.txt']!)]);
  expect(code).toBe(1);
  expect(err).toContain('there are no records in');
});
