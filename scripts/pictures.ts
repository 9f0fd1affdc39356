// Makes the pictures of the docs: the dashboards of an example app in light and dark, as the preview shows them. Needs Chrome, or
// another browser of its kind whose executable PUPPETEER_EXECUTABLE_PATH names.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { preview } from '../cli/commands/preview.lazy';
import { BedrockObservability, Ledger, ObservabilityLevel } from '../lib';

const outdir = mkdtempSync(join(tmpdir(), 'pictures-'));
const app = new App({ outdir });
const stack = new Stack(app, 'Pictures');
const { dashboards } = new BedrockObservability(stack, 'Bedrock', {
  level: ObservabilityLevel.COMPREHENSIVE,
  costMeter: { ledger: Ledger.perCall({ requestMetadataKeys: ['team'] }) },
  dashboards: { monthlyBudgetUsd: 900, owner: 'AI platform team', links: { Wiki: 'https://example.com/wiki' } },
});
// A picture has the name of its dashboard.
for (const { node, dashboard } of dashboards.audienceDashboards) {
  (dashboard.node.defaultChild as cloudwatch.CfnDashboard).dashboardName = `dashboard-${node.id.toLowerCase()}`;
}
app.synth();

void preview({ template: outdir, out: 'docs/images', format: 'png', seed: '1' })
  .then(({ files, problems }) => {
    problems.forEach(({ dashboard, widget, text }) => console.error(`problem: ${dashboard}, ${widget}: ${text}`));
    files.forEach((file) => console.log(file));
    process.exitCode = problems.length;
  })
  .finally(() => rmSync(outdir, { recursive: true, force: true }));
