// Lints code that is in no file, as if it were: reads a JSON list of { filePath, code }, prints one list of messages for each.
// A process of its own, because Jest cannot load the configuration, which is an ES module.
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  // Rules with types want to find each file in tsconfig.json. None of those that are tested here needs types.
  overrideConfig: [{ ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] }],
});
const planted = JSON.parse(readFileSync(0, 'utf8'));
const messages = await Promise.all(
  planted.map(async ({ filePath, code }) => {
    const [result] = await eslint.lintText(code, { filePath });
    return result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
  }),
);
process.stdout.write(JSON.stringify(messages));
