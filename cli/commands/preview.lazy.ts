import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure';
import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import { drawDashboard, type Remark } from '../preview/dashboard-svg';
import { measure, type Measurement } from '../preview/measurement';
import { pageOf } from '../preview/page';
import { pngOf } from '../preview/png';
import { readRecords } from '../preview/records';
import { putSyntheticMetrics } from '../preview/synthetic-metrics';
import { syntheticRecords } from '../preview/synthetic-records';
import { type FoundTemplate, readTemplate } from '../preview/template';
import { templatesOf } from '../preview/templates';
import { darkened } from '../preview/theme';
import type { PreviewOptions } from './preview';

export interface Previewed {
  readonly files: readonly string[];
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** Draws every dashboard that the templates have, and writes the pictures. */
export async function preview(options: PreviewOptions): Promise<Previewed> {
  const { out, format, records } = options;
  const templates = templatesOf(options).map(({ file, template }) => readTemplate(template, file));
  const dashboards = templates.flatMap((template) => template.dashboards);
  if (dashboards.length === 0) {
    throw new Failure(`there is no dashboard in ${options.template ?? 'the app'}`);
  }
  const measurement = await measurementOf(options, templates);
  const drawn = dashboards.map((dashboard) => drawDashboard(dashboard, measurement));

  mkdirSync(out, { recursive: true });
  const files: string[] = [];
  const write = (name: string, content: string | Buffer) => {
    const file = join(out, name);
    writeFileSync(file, content);
    files.push(file);
  };
  if (format === 'html') {
    const data = records === undefined ? 'an example company' : 'your own records';
    write(
      'index.html',
      pageOf(drawn, `Drawn from the dashboard bodies of the template, with the calls of ${data}, metered by the cost meter itself.`),
    );
  } else {
    for (const { name, svg } of drawn) {
      for (const [theme, picture] of Object.entries({ light: svg, dark: darkened(svg) })) {
        write(`${name.replace(/[^A-Za-z0-9_-]/g, '_')}.${theme}.${format}`, format === 'svg' ? picture : await pngOf(picture));
      }
    }
  }
  return { files, problems: drawn.flatMap(({ problems }) => problems), notes: drawn.flatMap(({ notes }) => notes) };
}

async function measurementOf({ records, seed }: PreviewOptions, templates: readonly FoundTemplate[]): Promise<Measurement> {
  const environment = templates.map(({ meterEnvironment }) => meterEnvironment).find((each) => Object.keys(each).length > 0) ?? {};
  if (records) {
    return measure(await readRecords(records), environment);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Failure(`'--seed' must be a whole number of up to nine digits, got '${seed}'`);
  }
  // The callers of the example name their team, whatever the key that the template asks for.
  const key = environment.METADATA_KEYS?.split(',')[0] ?? 'team';
  const measurement = await measure(syntheticRecords(Number(seed), key), {
    ...environment,
    METADATA_KEYS: environment.METADATA_KEYS ?? key,
  });
  putSyntheticMetrics(measurement.metrics, measurement.end, new SeededRandom(Number(seed)));
  return measurement;
}
