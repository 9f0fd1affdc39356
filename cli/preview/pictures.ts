import { Failure } from '../failure';

/** The part of puppeteer-core that is used. Its types are not imported, because users of other formats do not have it. */
interface PuppeteerCore {
  launch(options: { readonly executablePath?: string; readonly channel?: 'chrome'; readonly args?: readonly string[] }): Promise<Browser>;
}

interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Page {
  setViewport(viewport: { readonly width: number; readonly height: number }): Promise<void>;
  setContent(html: string): Promise<void>;
  emulateMediaFeatures(features: ReadonlyArray<{ readonly name: string; readonly value: string }>): Promise<void>;
  $$(selector: string): Promise<ReadonlyArray<{ screenshot(): Promise<Uint8Array>; click(): Promise<void> }>>;
}

export type Theme = 'light' | 'dark';

export interface Picture {
  /** The place of the dashboard on the page. */
  readonly index: number;
  readonly theme: Theme;
  readonly png: Uint8Array;
}

/** Not shipped, because it needs a browser. In a variable, so that it is not bundled. */
const PUPPETEER = 'puppeteer-core';
const EXECUTABLE = 'PUPPETEER_EXECUTABLE_PATH';

/** A picture of every dashboard of a page in light and dark, made by the Chrome that is installed. */
export async function picturesOf(page: string): Promise<Picture[]> {
  const browser = await launch(await loadPuppeteer());
  try {
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1500, height: 1000 });
    await tab.setContent(page);
    const pictures: Picture[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      const dashboards = await tab.$$('.dashboard');
      const tabs = await tab.$$('label');
      for (const [index, dashboard] of dashboards.entries()) {
        await tabs[index]?.click();
        pictures.push({ index, theme, png: await dashboard.screenshot() });
      }
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

async function loadPuppeteer(): Promise<PuppeteerCore> {
  try {
    return (await import(PUPPETEER)) as PuppeteerCore;
  } catch {
    throw new Failure(
      `'--format png' needs ${PUPPETEER} and Chrome or Chromium, and ${PUPPETEER} is not installed: npm install --save-dev ${PUPPETEER}. '--format html' needs neither`,
    );
  }
}

async function launch(puppeteer: PuppeteerCore): Promise<Browser> {
  const executablePath = process.env[EXECUTABLE];
  // Chrome refuses to run as root, as in containers, with its sandbox. The page has no script and loads nothing.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await puppeteer.launch(executablePath ? { executablePath, args } : { channel: 'chrome', args });
  } catch (error) {
    throw new Failure(
      `'--format png' needs ${PUPPETEER} and Chrome or Chromium, and no browser could be started: install Chrome, or name its executable in ${EXECUTABLE} (${(error as Error).message.split('\n')[0]}). '--format html' needs neither`,
    );
  }
}
