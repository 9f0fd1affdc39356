import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { Failure } from '../failure';
import { reasonNotWritten } from '../input/input-error';
import { noticeStream } from '../notices';
import { readPriceFiles } from '../options/price-files';
import { type Remark, renderDashboard } from '../preview/dashboard';
import { measure, type Measurement } from '../preview/measurement';
import { pageOf } from '../preview/page';
import { picturesOf } from '../preview/pictures';
import { readRecords } from '../preview/records';
import { putSyntheticMetrics } from '../preview/synthetic-metrics';
import { syntheticRecords } from '../preview/synthetic-records';
import { type FoundTemplate, readTemplate } from '../preview/template';
import { templatesOf } from '../preview/templates';
import { Messages } from '../replay/messages';
import { formatNumber } from '../terminal';
import type { PreviewOptions } from './preview';

/** The path that stands for stdout. */
const STANDARD = '-';

/** Called with what is being done. */
type OnProgress = (text: string) => void;

export interface Preview {
  /** The files that were written. */
  readonly files: readonly string[];
  readonly problems: readonly Remark[];
  /** Whether every record could be read. */
  readonly isComplete: boolean;
  readonly notes: readonly Remark[];
}

/** Renders every dashboard of the templates, and writes one page or the pictures of each. */
export async function preview(options: PreviewOptions, onProgress: OnProgress = () => undefined): Promise<Preview> {
  onProgress('reading the templates');
  const templates = templatesOf(options, ({ file, template, asset }) => withOverrides(readTemplate(template, file), file, asset));
  const dashboards = templates.flatMap((template) => template.dashboards);
  if (dashboards.length === 0) {
    throw new Failure(`there is no dashboard in ${options.template ?? 'the app'}`);
  }
  const messages = new Messages(noticeStream());
  const measurement = await measurementOf(options, templates, messages, onProgress);
  const rendered = dashboards.map((dashboard, n) => {
    onProgress(`drawing dashboard ${n + 1} of ${dashboards.length}: ${dashboard.name}`);
    return renderDashboard(dashboard, measurement);
  });

  const data = options.records === undefined ? 'an example company' : 'your own records';
  const page = pageOf(
    rendered,
    `Drawn from the dashboard bodies of the template, with the calls of ${data}, metered by the cost meter itself.`,
  );
  const [problems, notes] = [rendered.flatMap((each) => each.problems), rendered.flatMap((each) => each.notes)];
  const result = { problems, isComplete: messages.complete, notes };
  if (options.out === STANDARD) {
    if (options.format !== 'html') throw new Failure("'--out -' writes one page: pictures need a folder");
    process.stdout.write(page);
    return { files: [], ...result };
  }
  const names = rendered.map(({ name }) => name.replace(/[^A-Za-z0-9_-]/g, '_'));
  const contents = options.format === 'html' ? [['index.html', page] as const] : await pngFiles(page, names);
  return { files: written(contents, options.out), ...result };
}

function written(contents: ReadonlyArray<readonly [name: string, content: string | Uint8Array]>, folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return contents.map(([name, content]) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    });
  } catch (error) {
    throw new Failure(`'--out' cannot be written to '${folder}': ${reasonNotWritten(error as Error)}`);
  }
}

async function pngFiles(page: string, names: readonly string[]): Promise<Array<[name: string, content: Uint8Array]>> {
  const pictures = await picturesOf(page);
  return pictures.map(({ index, theme, png }) => [`${names[index]}.${theme}.png`, png]);
}

/** A template with the prices of the user that its meter has. */
interface MeteredTemplate extends FoundTemplate {
  readonly overrides?: string;
}

/** The prices that the app gives to the meter: in its environment, or in a file that it uploads. */
function withOverrides(found: FoundTemplate, file: string, asset: (key: string) => string | undefined): MeteredTemplate {
  const { PRICE_OVERRIDES: text, PRICE_OVERRIDES_KEY: key } = found.meterEnvironment;
  if (text !== undefined || key === undefined) {
    return { ...found, overrides: text };
  }
  const overrides = asset(key);
  if (overrides === undefined) {
    throw new Failure(
      `the price overrides of '${file}' are in the file asset.${key}, which is not beside it: give the whole folder of cdk synth`,
    );
  }
  return { ...found, overrides };
}

async function measurementOf(
  { records, seed, catalogue }: PreviewOptions,
  templates: readonly MeteredTemplate[],
  messages: Messages,
  onProgress: OnProgress,
): Promise<Measurement> {
  const environment = templates.map(({ meterEnvironment }) => meterEnvironment).find((each) => Object.keys(each).length > 0) ?? {};
  const { catalogue: known } = await readPriceFiles({ catalogue });
  const { overrides } = templates.find(({ overrides: text }) => text !== undefined) ?? {};
  const prices = new PriceEngine({
    catalogue: known,
    overrides: overrides === undefined ? undefined : PriceOverrides.fromJson(overrides, known),
  });
  const onMetered = (calls: number, all: number) => onProgress(`metering calls: ${formatNumber(calls)} of ${formatNumber(all)}`);
  if (records) {
    return measure(await readRecords(records, messages), environment, prices, onMetered);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Failure(`'--seed' must be a whole number of up to nine digits, got '${seed}'`);
  }
  // The callers of the example name their team under the first key that the meter keeps.
  const key = environment.METADATA_KEYS?.split(',')[0] ?? 'team';
  const withKey = { ...environment, METADATA_KEYS: environment.METADATA_KEYS ?? key };
  const measurement = await measure(syntheticRecords(Number(seed), key), withKey, prices, onMetered);
  putSyntheticMetrics(
    measurement.metrics,
    measurement.end,
    new SeededRandom(Number(seed)),
    environment.METRICS_NAMESPACE ?? DEFAULT_NAMESPACE,
  );
  return measurement;
}
