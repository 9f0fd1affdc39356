import { existsSync, readFileSync } from 'node:fs';
import { alarmSet } from '../lib/alarm-set';

const page = readFileSync('docs/alarms.md', 'utf8');

test.each(alarmSet(true).rules.map(({ props }) => [props.name, props.tier] as const))(
  'docs/alarms.md lists %s under its tier',
  (name, tier) => {
    const at = page.indexOf(`| [${name}](runbooks/`);
    const heading = page.slice(0, at).lastIndexOf('\n## ');
    expect(at).toBeGreaterThan(0);
    expect(
      page
        .slice(heading + 4)
        .toLowerCase()
        .startsWith(tier),
    ).toBe(true);
  },
);

test('every link of docs/alarms.md leads somewhere', () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(`docs/${link}`))).toEqual([]);
});
