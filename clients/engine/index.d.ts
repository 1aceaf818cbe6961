/** One thing that is wrong with a score file. */
export interface Finding {
  code: string;
  /** JSON pointer in the file. */
  pointer: string;
  /** In the language that was asked for. */
  detail: string;
}

/** What is wrong with a score file, by the places where it is. */
export class ScoreError extends Error {
  readonly errors: Finding[];
}

export interface Options {
  /** Of the texts in the result; Dutch where none is given. */
  language?: "nl" | "en";
  /** Every step of every sum. */
  explain?: boolean;
  /** Drop-outs, margins, stability, what each level is worth. */
  analyse?: boolean;
}

export interface Engine {
  /** The result of a score file (`trede schema score-file` describes it; `ScoreResult` in the API's document is what comes out). */
  score(file: object | string, options?: Options): any;
  /** The same as text: byte for byte what `trede score FILE --format json` prints. */
  scoreText(file: object | string, options?: Options): string;
}

/** Loads the engine: from the file beside this one, or from an address, bytes or a compiled module. */
export function load(source?: URL | string | BufferSource | WebAssembly.Module | Promise<BufferSource>): Promise<Engine>;
