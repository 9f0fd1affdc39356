/**
 * The language of an application that ADOT instruments.
 */
export enum AdotLanguage {
  /**
   * JavaScript and TypeScript on Node.js.
   */
  NODE = 'node',

  /**
   * Python.
   */
  PYTHON = 'python',
}
