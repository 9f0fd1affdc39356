// Runs the steps of the gate, as many at a time as there are cores.

/**
 * `steps`: `{ name, run, after, slots }`. A step starts when the steps named in `after` have ended and `slots` of the cores
 * (1 by default) are free; of those that could start, the first in the list does. `onEnd` hears of each step that ended well.
 * The first failure is thrown as `{ step, error, seconds }`; what still runs is left to the caller.
 */
export async function runSteps(steps, { cores, onEnd }) {
  const waiting = [...steps];
  const running = new Map();
  const ended = new Set();
  let free = cores;

  const start = async (step, slots) => {
    const begun = Date.now();
    const seconds = () => (Date.now() - begun) / 1000;
    try {
      const note = await step.run();
      onEnd(step, { note, seconds: seconds() });
    } catch (error) {
      throw { step, error, seconds: seconds() };
    }
    ended.add(step.name);
    running.delete(step);
    free += slots;
  };

  for (;;) {
    for (const step of waiting.filter(({ after = [] }) => after.every((name) => ended.has(name)))) {
      const slots = Math.min(step.slots ?? 1, cores);
      if (slots > free) {
        break;
      }
      free -= slots;
      waiting.splice(waiting.indexOf(step), 1);
      running.set(step, start(step, slots));
    }
    if (running.size === 0) {
      break;
    }
    await Promise.race(running.values());
  }
  if (waiting.length > 0) {
    throw new Error(`these steps wait for a step that is not there: ${waiting.map(({ name }) => name).join(', ')}`);
  }
}
