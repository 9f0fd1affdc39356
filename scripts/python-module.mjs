// Builds the wheel of python/ and runs its tests on it, where Python is on this machine: `node scripts/python-module.mjs`.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCollector } from './collector.mjs';
import { root, run, temporaryFolder } from './shell.mjs';

/** What the wheel is tested with: the SDK, its exporter to a real collector, and the instrumentation of botocore that ADOT has. */
const BESIDE = [
  'opentelemetry-sdk==1.44.0',
  'opentelemetry-exporter-otlp-proto-http==1.44.0',
  'opentelemetry-instrumentation-botocore==0.65b0',
  'boto3==1.44.8',
];

/** The pages whose examples the tests run, beside the one in python/. */
const PAGES = ['docs/instrument-agents.md', 'docs/instrumentation.md'];

/** What must be there, as commands that fail where it is not. */
const needs = (venv) => ({
  'python3 3.10 or newer with venv': 'python3 -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"',
  PyPI: `python3 -m venv '${venv}' && '${join(venv, 'bin', 'python')}' -m pip install -q --disable-pip-version-check 'setuptools>=77' wheel`,
});

/** Returns how many tests passed, or what is missing for them. */
export async function testPythonModule() {
  const work = temporaryFolder();
  const venv = join(work, 'venv');
  for (const [what, command] of Object.entries(needs(venv))) {
    const isThere = await run(command).then(
      () => true,
      () => false,
    );
    if (!isThere) return { missing: what };
  }
  // A copy, because a build writes beside its sources. Tests find fixtures where they are in the repository.
  for (const part of ['python', 'package.json', 'engine/pricing/catalogue.ndjson', 'test/fixtures', ...PAGES]) {
    mkdirSync(join(work, part, '..'), { recursive: true });
    cpSync(join(root, part), join(work, part), { recursive: true });
  }
  const python = join(venv, 'bin', 'python');
  const pip = `'${python}' -m pip --disable-pip-version-check`;
  const wheels = join(work, 'wheels');
  await run(`${pip} wheel -q --no-deps --no-build-isolation -w '${wheels}' ./python`, { cwd: work });
  const [wheel] = readdirSync(wheels);
  await run(`${pip} install -q '${join(wheels, wheel)}'`, { cwd: work });
  await run(`${pip} install -q ${BESIDE.join(' ')}`, { cwd: work });
  const { path } = await buildCollector();
  const env = { PYTHONPATH: 'tests', PYTHONWARNINGS: 'error', ...(path && { COLLECTOR: path }) };
  const output = await run(`'${python}' -m unittest discover -s tests 2>&1`, { cwd: join(work, 'python'), env });
  const passed = Number(/^Ran (\d+) tests/m.exec(output)?.[1]);
  if (!passed || (path && output.includes('skipped'))) throw new Error(output);
  // What was tested is what a release publishes.
  cpSync(wheels, join(root, 'packages', 'trace-python'), { recursive: true });
  return { passed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, missing } = await testPythonModule();
  console.log(missing ? `skipped: the Python module (${missing})` : `the Python module: ${passed} passed`);
}
