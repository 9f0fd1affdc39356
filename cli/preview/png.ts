import { Failure } from '../failure';

interface Resvg {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Buffer } };
}

/** Native code, which is not shipped: whoever wants PNG adds it. Named by a variable, so that it is not bundled. */
const RESVG = '@resvg/resvg-js';

export async function pngOf(svg: string): Promise<Buffer> {
  let module: Resvg;
  try {
    module = (await import(RESVG)) as Resvg;
  } catch {
    throw new Failure(`'--format png' needs a package that is not installed: npm install --save-dev ${RESVG}; svg needs none`);
  }
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  return new module.Resvg(svg, { font }).render().asPng();
}
