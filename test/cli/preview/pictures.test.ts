import { picturesOf } from '../../../cli/preview/pictures';

const events: string[] = [];
let launch: jest.Mock;

jest.mock('puppeteer-core', () => ({ launch: (options: object) => launch(options) as unknown }));

const page = {
  setViewport: ({ width }: { width: number }) => Promise.resolve(void events.push(`width ${width}`)),
  setContent: (html: string) => Promise.resolve(void events.push(`page ${html}`)),
  emulateMediaFeatures: ([{ value }]: [{ value: string }]) => Promise.resolve(void events.push(value)),
  $$: jest.fn(),
};
const dashboard = (png: string) => ({ click: () => Promise.resolve(), screenshot: () => Promise.resolve(Buffer.from(png)) });

beforeEach(() => {
  events.length = 0;
  delete process.env.PUPPETEER_EXECUTABLE_PATH;
  page.$$.mockResolvedValue([dashboard('a'), dashboard('b')]);
  launch = jest.fn(() =>
    Promise.resolve({ newPage: () => Promise.resolve(page), close: () => Promise.resolve(void events.push('closed')) }),
  );
});

test('takes a picture of every dashboard in light and dark, and closes the browser', async () => {
  const pictures = await picturesOf('<html>');

  expect(pictures.map(({ index, theme, png }) => `${index} ${theme} ${String(png)}`)).toEqual([
    '0 light a',
    '1 light b',
    '0 dark a',
    '1 dark b',
  ]);
  expect(events).toEqual(['width 1500', 'page <html>', 'light', 'dark', 'closed']);
  expect(page.$$).toHaveBeenCalledWith('.dashboard');
});

test('starts the installed Chrome, or the browser that the environment names', async () => {
  await picturesOf('');
  process.env.PUPPETEER_EXECUTABLE_PATH = '/usr/bin/chromium';
  await picturesOf('');

  expect(launch.mock.calls).toEqual([
    [expect.objectContaining({ channel: 'chrome' })],
    [expect.objectContaining({ executablePath: '/usr/bin/chromium' })],
  ]);
});

test('closes the browser when a picture fails', async () => {
  page.$$.mockRejectedValue(new Error('lost'));
  await expect(picturesOf('')).rejects.toThrow('lost');
  expect(events.at(-1)).toBe('closed');
});

test('says what is missing where no browser starts', async () => {
  launch.mockRejectedValue(new Error('Could not find Chrome\nat ...'));
  await expect(picturesOf('')).rejects.toThrow(
    "'--format png' needs puppeteer-core and Chrome or Chromium, and no browser could be started: install Chrome, or name its executable in PUPPETEER_EXECUTABLE_PATH (Could not find Chrome). '--format html' needs neither",
  );
});

test('says what is missing without puppeteer-core', async () => {
  jest.resetModules();
  jest.doMock('puppeteer-core', () => {
    throw new Error('Cannot find module');
  });
  const fresh = jest.requireActual<{ picturesOf: typeof picturesOf }>('../../../cli/preview/pictures');
  await expect(fresh.picturesOf('')).rejects.toThrow(
    "'--format png' needs puppeteer-core and Chrome or Chromium, and puppeteer-core is not installed: npm install --save-dev puppeteer-core. '--format html' needs neither",
  );
});
