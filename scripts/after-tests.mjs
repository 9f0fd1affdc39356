// What Jest does after a run.
import { rmSync } from 'node:fs';

export default function afterTests() {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
}
