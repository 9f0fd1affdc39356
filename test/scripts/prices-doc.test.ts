import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../engine/pricing/catalogue';
import { pricesPage } from '../../scripts/prices-doc';

const page = pricesPage(Catalogue.builtIn());

test('docs/prices.md describes the catalogue: if not, run npm run prices:doc', () => {
  expect(readFileSync(join(__dirname, '../../docs/prices.md'), 'utf8')).toBe(page);
});

test('the page names every model, and what has no price', () => {
  const models = Catalogue.builtIn().lines<{ model: string }>('model');

  expect(models.filter(({ model }) => !page.includes(`\n| ${model} | `))).toEqual([]);
  expect(page).toMatch(/\| zai\.glm-4\.6 \| Z\.AI \| active \| 0 \|.*no price \|/);
});
