import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completionOf, SHELLS } from '../../cli/completion';
import { countIn } from '../../cli/options/count';
import { spellingOf } from '../../cli/price/other-spellings';
import { createProgram } from '../../cli/program';
import { suggestion } from '../../cli/suggest';
import { Catalogue } from '../../engine/pricing/catalogue';
import { run, runInProcess, temporaryFolder } from './command-line';
import { call, file, lines } from './replaying';

test.each([
  ['flx', ['flex', 'batch'], ': did you mean flex?'],
  ['dya', ['day', 'week'], ': did you mean day?'],
  ['us-est-1', ['us-east-1', 'us-west-1', 'eu-west-1'], ': did you mean us-east-1 or us-west-1?'],
  ['cacheraed', ['cacheRead', 'cacheWrite'], ': did you mean cacheRead?'],
  ['colour', ['model', 'day'], ''],
])('%s is like some of %j', (unknown, known, expected) => expect(suggestion(unknown, known)).toBe(expected));

test.each([
  [['price', 'amazon.nova-lite-v1:0', '--usage', 'imput=1'], 'did you mean input?'],
  [['price', 'amazon.nova-lite-v1:0', '--tier', 'flx'], 'did you mean flex?'],
  [['price', 'amazon.nova-lite-v1:0', '--region', 'us-est-1'], 'did you mean us-east-1 or us-west-1?'],
  [['replay', 'x', '--fromat', 'json'], '(Did you mean --format?)'],
  [['repaly', 'x'], '(Did you mean replay?)'],
  [['traces', 'lst'], '(Did you mean list?)'],
  [['preview', '--format', 'htm'], 'did you mean html?'],
  [['completion', 'fihs'], 'did you mean fish?'],
  [['price', 'amazon.nova-lite-v1:0', '--spec', 'sise=1'], "must name what prices differ by, got 'sise': did you mean size?"],
  [['price', 'amazon.nova-lite-v1:0', '--spec', 'colour=1'], "got 'colour': use commitment, quality, size, steps, video"],
  [['traces', 'list', 'x', '--sort', 'cots'], 'did you mean cost?'],
])('a mistake is named with what was meant: %j', async (args, message) => {
  expect(await runInProcess(args)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
});

test('a Region that is newer than the catalogue is no mistake', async () => {
  const { code, out } = await runInProcess(['price', 'amazon.nova-lite-v1:0', '--region', 'us-east-9']);
  expect(code).toBe(3);
  expect(out).toContain('us-east-9');
});

test.each([
  ['1200', 1200],
  ['1_000_000', 1e6],
  ['10k', 1e4],
  ['1.5M', 1.5e6],
  ['1.1m', 1.1e6],
  ['1e6', 1e6],
  ['2.5', 2.5],
  ['-1', undefined],
  ['1e', undefined],
  ['10kk', undefined],
  ['', undefined],
  ['1,000', undefined],
])('%s is the count %s', (text, count) => expect(countIn(text)).toBe(count));

test('--usage and --top take counts as people write them', async () => {
  const usd = async (usage: string) =>
    JSON.parse((await runInProcess(['price', 'amazon.nova-lite-v1:0', '--usage', usage, '--json'])).out) as { usd: string };
  expect((await usd('input=10k,output=1e3')).usd).toBe((await usd('input=10000,output=1000')).usd);
  expect((await runInProcess(['replay', file(lines(call(1))), '--top', '1k'])).code).toBe(0);
});

describe('ids in other spellings', () => {
  const catalogue = Catalogue.builtIn();
  const US = 'us.anthropic.claude-sonnet-4-6';

  test.each([
    [`bedrock/${US}`, US, undefined],
    [`bedrock/converse/${US}`, US, undefined],
    [`bedrock/invoke/${US}`, US, undefined],
    [`bedrock_converse/${US}`, US, undefined],
    [`amazon-bedrock/${US}`, US, undefined],
    ['bedrock/eu-west-1/anthropic.claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6', 'eu-west-1'],
    ['bedrock/us-east-1/6-month-commitment/anthropic.claude-v2', 'anthropic.claude-v2', 'us-east-1'],
    ['bedrock/claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6', undefined],
    ['claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6', undefined],
    ['anthropic/claude-haiku-4.5', 'anthropic.claude-haiku-4-5-20251001-v1:0', undefined],
    ['claude-haiku-4-5-20251001', 'anthropic.claude-haiku-4-5-20251001-v1:0', undefined],
  ])('%s is %s', (id, modelId, region) => expect(spellingOf(id, catalogue)).toEqual({ modelId, region, isOther: true }));

  test.each([
    US,
    'bedrock:guardrails',
    'arn:aws:bedrock:us-east-1::foundation-model/x',
    'claude-9',
    'claude-(',
    'anthropic.claude-sonnet-4-6',
  ])('%s stays as it is', (id) => expect(spellingOf(id, catalogue)).toMatchObject({ modelId: id, isOther: false }));

  test('price says how Bedrock spells it, and whatif takes it', async () => {
    const { code, out, err } = await runInProcess(['price', `bedrock/eu-west-1/${US.replace('us.', '')}`]);
    expect([code, err]).toEqual([0, "'bedrock/eu-west-1/anthropic.claude-sonnet-4-6' is 'anthropic.claude-sonnet-4-6' for Bedrock\n"]);
    expect(out).toContain('eu-west-1');
    const { out: levers } = await runInProcess(['whatif', file(lines(call(1))), '--model', 'claude-sonnet-4-6']);
    expect(levers).toContain('anthropic.claude-sonnet-4-6');
  });
});

describe('errors under --json', () => {
  test.each([
    [['price', 'acme.model', '--json'], 2],
    [['price', 'amazon.nova-lite-v1:0', '--tier', 'flx', '--json'], 1],
    [['whatif', '/nowhere', '--json'], 1],
    [['replay', '/nowhere', '--format', 'json'], 1],
    [['compare', '/nowhere', '--format=json'], 1],
  ])('%j', async (args, exitCode) => {
    const { code, out, err } = await runInProcess(args);
    expect(code).toBe(exitCode);
    const { error } = JSON.parse(out) as { error: { message: string; exitCode: number } };
    expect(error).toEqual({ message: expect.any(String), exitCode });
    expect(err).toContain(error.message);
  });

  test('records of replay never have an error among them', async () => {
    expect((await runInProcess(['replay', '/nowhere', '--json', '-'])).out).toBe('');
  });
});

test('--quiet leaves only results, and errors that end the command', async () => {
  const damaged = file(lines(call(1)) + '{"schemaType":\n');
  expect((await runInProcess(['replay', damaged])).err).toContain('not JSON');
  expect(await runInProcess(['replay', damaged, '--quiet'])).toMatchObject({ code: 3, err: '', out: expect.stringContaining('total') });
  expect((await runInProcess(['replay', '/nowhere', '--quiet'])).err).toContain('error: there are no records');
});

describe('the file of defaults', () => {
  const config = (value: unknown) => file(JSON.stringify(value), `config-${Math.random()}.json`);
  const head = async (value: unknown, ...args: string[]) =>
    (await runInProcess(['replay', file(lines(call(1))), '--config', config(value), ...args])).out.split('\n')[0];

  test('sets options, those of a command before those of all; the command line counts most', async () => {
    expect(await head({ by: 'region', format: 'csv' })).toMatch(/^region,/);
    expect(await head({ by: 'region', format: 'csv', replay: { by: 'day' }, compare: { by: 'month' } })).toMatch(/^day,/);
    expect(await head({ by: 'region', format: 'csv' }, '--by', 'role')).toMatch(/^role,/);
  });

  test('is found in the folder, and its paths are beside it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'own.json'), '{"discounts":[{"name":"EDP","provider":"Anthropic","percent":"50"}]}');
    writeFileSync(join(folder, 'bedrock-observability.json'), '{"overrides":"own.json"}');
    writeFileSync(join(folder, 'log.ndjson'), lines(call(1)));
    expect(run(['replay', 'log.ndjson'], { cwd: folder }).out).toContain('exactly USD 0.00000055');
  });

  test.each([
    [{ json: 'out.ndjson' }, "'--config' cannot set 'json'"],
    [{ app: 'rm -rf /' }, "'--config' cannot set 'app'"],
    [{ 'time-zon': 'UTC' }, "'--config' cannot set 'time-zon': did you mean time-zone?"],
    [{ format: 'xml' }, "'--config' cannot set 'format' to 'xml': Allowed choices are table"],
    [{ by: ['day'] }, `'--config' must give 'by' as a text or a number, got ["day"]`],
    [{ replay: 5 }, "'--config' must have an object under 'replay'"],
    [[], "'--config' must be an object"],
  ])('fails for %j', async (value, message) => {
    const ran = await runInProcess(['replay', file(lines(call(1))), '--config', config(value)]);
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) });
  });
});

describe('completion', () => {
  const program = createProgram();
  const names = program.commands.map((command) => command.name());

  test.each(SHELLS)('%s: has every command, option and choice', (shell) => {
    const script = completionOf(program, shell);
    for (const command of program.commands) {
      expect(script).toContain(command.name());
      for (const { long, argChoices = [] } of command.options) {
        expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long);
        argChoices.forEach((choice) => expect(script).toContain(choice));
      }
    }
  });

  /** What bash offers for the last of some words. */
  const offered = (...words: string[]): string[] => {
    const quoted = ['bedrock-observability', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _bedrock_observability; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${completionOf(program, 'bash')}\n${ask}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  test('bash offers what can come next', () => {
    expect(offered('')).toEqual(expect.arrayContaining([...names, '--version']));
    expect(offered('rep')).toEqual(['replay']);
    expect(offered('replay', 'logs/', '--form')).toEqual(['--format']);
    expect(offered('replay', 'logs/', '--format', '')).toEqual(['table', 'json', 'csv', 'markdown', 'focus']);
    expect(offered('traces', 'l')).toEqual(['list']);
    expect(offered('traces', 'list', '--led')).toEqual(['--ledger']);
  });

  test('the command writes the script', async () => {
    expect((await runInProcess(['completion', 'fish'])).out).toContain(
      "complete -c bedrock-observability -n '__fish_use_subcommand' -a replay",
    );
  });
});
