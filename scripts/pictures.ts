// Makes the pictures of the docs: the dashboards of an example app in light and dark, as the preview shows them. Needs Chrome, or
// another browser of its kind whose executable PUPPETEER_EXECUTABLE_PATH names.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { preview } from '../cli/commands/preview.lazy';
import { Audience, AudienceDashboard, CostMetrics } from '../lib';

const AUDIENCES = [Audience.EXECUTIVE, Audience.FINOPS, Audience.DEVOPS, Audience.DEVELOPER, Audience.SECURITY];

const outdir = mkdtempSync(join(tmpdir(), 'pictures-'));
const app = new App({ outdir });
const stack = new Stack(app, 'Pictures');
const sources = { costMetrics: CostMetrics.inNamespace(), ledgerLogGroup: new logs.LogGroup(stack, 'Ledger'), ownerMetadataKey: 'team' };
for (const audience of AUDIENCES) {
  new AudienceDashboard(stack, audience, {
    audience,
    sources,
    dashboardName: `dashboard-${audience.toLowerCase()}`,
    monthlyBudgetUsd: 900,
    owner: 'AI platform team',
    links: { Runbooks: 'https://example.com/runbooks' },
  });
}
app.synth();

void preview({ template: outdir, out: 'docs/images', format: 'png', seed: '1' })
  .then(({ files, problems }) => {
    problems.forEach(({ dashboard, widget, text }) => console.error(`problem: ${dashboard}, ${widget}: ${text}`));
    files.forEach((file) => console.log(file));
    process.exitCode = problems.length;
  })
  .finally(() => rmSync(outdir, { recursive: true, force: true }));
