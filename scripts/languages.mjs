// Builds the package of every language whose tools are on this machine, synthesizes the same app with each of them and
// compares the templates byte by byte. TypeScript needs npm only and is always there.
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packCommandLine } from './command-line-package.mjs';
import { root, run, temporaryFolder } from './shell.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const cdk = manifest.devDependencies['aws-cdk-lib'];
const constructs = manifest.devDependencies.constructs;
const cfnLint = '1.58.0';
const packages = join(root, 'packages');
const work = temporaryFolder();
const python = join(work, 'venv', 'bin', 'python');
const goModule = manifest.jsii.targets.go.moduleName;

/** Where Maven finds the package that was just built. */
const MAVEN_SETTINGS = `<settings>
  <profiles><profile><id>packed</id><repositories><repository>
    <id>packed</id><url>file://${join(packages, 'java')}</url>
  </repository></repositories></profile></profiles>
  <activeProfiles><activeProfile>packed</activeProfile></activeProfiles>
</settings>`;

const builtFile = (folder, ending) =>
  join(
    packages,
    folder,
    only(join(packages, folder), (name) => name.endsWith(ending)),
  );

function only(folder, matches) {
  const names = readdirSync(folder).filter(matches);
  if (names.length !== 1) {
    throw new Error(`expected one such file in '${folder}', got ${names.length}: ${names.join(', ')}`);
  }
  return names[0];
}

// `needs`: what must be there, as commands that fail where it is not. `synth`: leaves cdk.out in `app`.
const languages = {
  typescript: {
    needs: {},
    async synth(app, env) {
      writeFileSync(join(app, 'package.json'), '{ "private": true }');
      await run(`npm install --no-audit --no-fund '${builtFile('js', '.tgz')}' aws-cdk-lib@${cdk} constructs@${constructs}`, { cwd: app });
      await run(`node --input-type=module -e "import { BedrockObservability } from '${manifest.name}'"`, { cwd: app });
      await run(`tsc --noEmit --strict --skipLibCheck --module node20 --types node --typeRoots '${root}/node_modules/@types' app.ts`, {
        cwd: app,
      });
      await run('tsx app.ts', { cwd: app, env });
      for (const command of Object.keys(manifest.bin ?? {})) {
        await run(`'./node_modules/.bin/${command}' --help`, { cwd: app });
      }
    },
  },
  python: {
    needs: {
      'python3 3.10 or newer with venv': 'python3 -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"',
      PyPI: `python3 -m venv '${join(work, 'venv')}' && '${python}' -m pip install -q cfn-lint==${cfnLint} aws-cdk-lib==${cdk}`,
    },
    async synth(app, env) {
      await run(`'${python}' -m pip install -q '${builtFile('python', '.whl')}'`, { cwd: app });
      await run(`'${python}' app.py`, { cwd: app, env });
    },
  },
  java: {
    needs: {
      'a JDK (javac)': 'javac -version',
      'Maven (mvn)': 'mvn -v',
      'Maven Central': `mvn -q -B dependency:get -Dartifact=software.constructs:constructs:${constructs}:pom -Dtransitive=false`,
    },
    async synth(app, env) {
      const { groupId, artifactId } = manifest.jsii.targets.java.maven;
      const settings = join(work, 'settings.xml');
      writeFileSync(settings, MAVEN_SETTINGS);
      const mvn = `mvn -q -B -s '${settings}' -Dlibrary=${manifest.version} -Dcdk=${cdk}`;
      // Maven would take the jar that an earlier run of the same version left in the local repository.
      await run(`${mvn} dependency:purge-local-repository -DmanualInclude=${groupId}:${artifactId} -DreResolve=false`, { cwd: app });
      await run(`${mvn} compile exec:java`, { cwd: app, env });
    },
  },
  // Built only: the templates of the other languages are compared, those of .NET are not.
  dotnet: { needs: { 'the .NET SDK (dotnet)': 'dotnet --version' } },
  go: {
    needs: {
      'go 1.25 or newer': 'go version | grep -qE "go1\\.(2[5-9]|[3-9][0-9])"',
      'the Go module proxy': `cd '${work}' && go list -m github.com/aws/aws-cdk-go/awscdk/v2@v${cdk}`,
    },
    async synth(app, env) {
      const library = `${goModule}/${manifest.name.replaceAll('-', '')}`;
      if (!existsSync(join(app, 'go.mod'))) {
        await run('go mod init languages', { cwd: app });
      }
      await run(`go mod edit -replace '${library}=${join(packages, 'go', manifest.name.replaceAll('-', ''))}'`, { cwd: app });
      await run(`go mod edit -require 'github.com/aws/aws-cdk-go/awscdk/v2@v${cdk}'`, { cwd: app });
      await run('go mod tidy', { cwd: app });
      await run('go run .', { cwd: app, env });
    },
  },
};

/** What is missing of what a language needs. */
async function missing(needs) {
  for (const [label, command] of Object.entries(needs)) {
    try {
      await run(command);
    } catch {
      return label;
    }
  }
  return undefined;
}

/**
 * The languages that can be checked here and, for the others, what is missing. `LANGUAGES=python,java,go` makes those named
 * a must and leaves out the rest; `LANGUAGES=` leaves out all but TypeScript.
 */
export async function findLanguages() {
  const asked = process.env.LANGUAGES?.split(',').map((name) => name.trim());
  const unknown = asked?.find((name) => name !== '' && !(name in languages));
  if (unknown !== undefined) {
    throw new Error(`'LANGUAGES' names '${unknown}', expected some of ${Object.keys(languages).join(', ')}`);
  }
  const found = [];
  const skipped = {};
  for (const [name, { needs }] of Object.entries(languages)) {
    if (asked !== undefined && name !== 'typescript' && !asked.includes(name)) {
      skipped[name] = "not in 'LANGUAGES'";
      continue;
    }
    const lack = await missing(needs);
    if (lack === undefined) {
      found.push(name);
    } else if (asked?.includes(name)) {
      throw new Error(`'LANGUAGES' asks for ${name}, but ${lack} is missing`);
    } else {
      skipped[name] = `${lack} is missing`;
    }
  }
  return { found, skipped };
}

export async function buildPackages(names) {
  const targets = names.map((name) => (name === 'typescript' ? 'js' : name));
  await run(`rm -rf '${packages}' && jsii-pacmak ${targets.map((target) => `-t ${target}`).join(' ')} --outdir '${packages}'`);
  await packCommandLine(join(packages, 'command-line'));
}

/** Synthesizes the app of one language outside the repository and returns its template. */
export function synthesize(name) {
  return templateOf(name, join('test', 'languages', name), 'Languages');
}

/** The example of one language, with the package that was just built. */
export function synthesizeExample(name) {
  return templateOf(name, join('examples', name), 'BedrockObservability');
}

async function templateOf(name, folder, stack) {
  const app = join(work, folder);
  cpSync(join(root, folder), app, { recursive: true });
  await languages[name].synth(app, { CDK_OUTDIR: join(app, 'cdk.out') });
  return readFileSync(join(app, 'cdk.out', `${stack}.template.json`), 'utf8');
}

/** The findings of cfn-lint in the given Regions, one line each. W3005 is CDK's own DependsOn on the role of a function. */
export async function lintTemplates(folder, regions) {
  const lint = `'${join(work, 'venv', 'bin', 'cfn-lint')}' -i W3005 --format json -r ${regions.join(' ')} -t '${folder}'/*.template.json`;
  // Findings set bits of the exit code from 2 on, and 1 is a crash; what counts here is the list.
  const findings = JSON.parse(await run(`${lint} || [ $? -ne 1 ]`));
  return findings.map(({ Rule, Message }) => `${Rule.Id}: ${Message}`).sort();
}
