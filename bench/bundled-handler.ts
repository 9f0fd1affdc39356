import { createRequire } from 'node:module';
import type { SubscriptionEvent } from './batches';

const load = createRequire(__filename);

export type Handler = (event: SubscriptionEvent) => Promise<void>;

/** The handler of the deployed bundle. Loaded anew, because it reads the environment when it is loaded. */
export function bundledHandler(env: Readonly<Record<string, string>>, name = 'meter-calls'): Handler {
  const bundle = `../assets/${name}/index.js`;
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    Reflect.deleteProperty(load.cache, load.resolve(bundle));
    return (load(bundle) as { handler: Handler }).handler;
  } finally {
    process.env = before;
  }
}

/** Runs a function and hands everything that it writes to stdout to `sink`. */
export async function captured<T>(sink: (text: string) => void, run: () => Promise<T>): Promise<T> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((text: string, done?: () => void) => {
    sink(text);
    done?.();
    return true;
  }) as typeof process.stdout.write;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}
