import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { git } from './repository';

/**
 * What jsii-diff finds between the API at a tag and the API of the current build (`.jsii`), one line for each incompatible
 * change. The API at the tag is compiled outside the repository, from the files that git has, with the current dependencies.
 */
export function incompatibleChanges(tag: string): string[] {
  if (!existsSync('.jsii')) {
    throw new Error("'.jsii' is missing, so the API cannot be compared: run 'npm run build' first");
  }
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    compileAt(tag, folder);
    // All of the API is experimental, which jsii-diff ignores by default.
    const { status, stdout, stderr } = spawnSync('jsii-diff', [folder, '.', '--error-on', 'all'], { encoding: 'utf8' });
    const found = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('err '));
    if (status !== 0 && found.length === 0) {
      throw new Error(`jsii-diff failed: ${stdout}${stderr}`);
    }
    return found.map((line) => line.replace(/^err\s+- /, ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compileAt(tag: string, folder: string): void {
  const archive = join(folder, 'tag.tar');
  git('archive', `--output=${archive}`, tag);
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { status, stdout, stderr } = spawnSync('jsii', [], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`the API at ${tag} does not compile with the current dependencies: ${stdout}${stderr}`);
  }
}
