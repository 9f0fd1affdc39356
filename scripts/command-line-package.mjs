// The npm package `bedrock-observability`: the command line, and `/trace` for applications, without the CDK. docs/adr/0010 says why.
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './shell.mjs';

/** Also the name of the command, so that npx runs the same whichever of the two is asked for. */
const COMMAND_LINE_PACKAGE = 'bedrock-observability';

const DOCS = 'https://github.com/cdk-bedrock-observability/cdk-bedrock-observability/blob/main/docs';

const README = `# ${COMMAND_LINE_PACKAGE}

What Amazon Bedrock calls cost, and why: exact prices of models, of exported invocation logs and of agents, on your machine.

\`\`\`sh
npx ${COMMAND_LINE_PACKAGE} price us.anthropic.claude-sonnet-4-6 --usage input=1200,output=900
npx ${COMMAND_LINE_PACKAGE} replay ./exported-logs --by month,model
\`\`\`

In an application, OpenTelemetry spans of managed agents and of direct calls, with tokens and dollars, and without a word of prompts or answers:

\`\`\`ts
import { traceConverse, traceInvokeAgent } from '${COMMAND_LINE_PACKAGE}/trace';

const { completion } = await traceInvokeAgent(client, command); // instead of client.send(command)
\`\`\`

These are the command line and the trace module of [cdk-bedrock-observability](https://www.npmjs.com/package/cdk-bedrock-observability) of the same
version, without its constructs: one download without dependencies. [Every command](${DOCS}/command-line.md),
[spans](${DOCS}/instrumentation.md)
`;

/** Packs assets/command-line and assets/trace, and returns the path of the tarball. */
export async function packCommandLine(destination) {
  const library = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { version, license, author, repository, engines } = library;
  const folder = mkdtempSync(join(tmpdir(), 'command-line-package-'));
  try {
    cpSync(join(root, 'assets', 'command-line'), join(folder, 'dist'), { recursive: true });
    cpSync(join(root, 'assets', 'trace'), join(folder, 'trace'), { recursive: true });
    ['LICENSE', 'NOTICE', 'CHANGELOG.md'].forEach((file) => copyFileSync(join(root, file), join(folder, file)));
    writeFileSync(join(folder, 'README.md'), README);
    const manifest = {
      ...{ name: COMMAND_LINE_PACKAGE, version, description: 'What Amazon Bedrock calls cost, and why, from exported logs and spans' },
      ...{
        license,
        author,
        repository,
        engines,
        keywords: ['aws', 'bedrock', 'cost', 'finops', 'focus', 'observability', 'opentelemetry'],
      },
      bin: { 'bedrock-observability': 'dist/index.js' },
      exports: {
        './trace': { types: './trace/index.d.ts', default: './trace/index.js' },
        './package.json': './package.json',
      },
      files: ['dist', 'trace', 'NOTICE', 'CHANGELOG.md'],
    };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    mkdirSync(destination, { recursive: true });
    const [{ filename }] = JSON.parse(await run(`npm pack --json --pack-destination '${destination}'`, { cwd: folder }));
    return join(destination, filename);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
