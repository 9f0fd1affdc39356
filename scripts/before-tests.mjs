// What Jest does before a run: it bundles what changed, and gives all tests one folder for temporary files, which
// after-tests.mjs removes. CDK apps leave a cloud assembly there for each synth.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleIfChanged from './bundle.mjs';

export default async function beforeTests(config) {
  await bundleIfChanged(config);
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-bedrock-observability-tests-'));
}
