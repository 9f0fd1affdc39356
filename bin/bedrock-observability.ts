#!/usr/bin/env node
import { main } from '../cli/program';

// A reader that closes the pipe early, such as `| head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`error: stdout cannot be written: ${error.message}\n`);
  process.exit(1);
});

void main(process.argv.slice(2));
