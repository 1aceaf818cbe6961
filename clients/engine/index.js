// The engine of Trede in Node or a browser: text in, text out, nothing else; no network, no clock, no randomness.

/** What is wrong with a score file, by the places where it is. */
export class ScoreError extends Error {
  constructor(errors) {
    super(errors.map((error) => `${error.pointer || "/"}: ${error.detail}`).join("\n"));
    this.name = "ScoreError";
    this.errors = errors;
  }
}

async function bytesOf(source) {
  const given = await source;
  if (given instanceof URL && given.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return readFile(given);
  }
  if (typeof given === "string" || given instanceof URL) return (await fetch(given)).arrayBuffer();
  return given;
}

/**
 * Loads the engine: from the file beside this one, or from an address, bytes or a compiled module.
 */
export async function load(source = new URL("trede_engine.wasm", import.meta.url)) {
  const bytes = await bytesOf(source);
  const made = await WebAssembly.instantiate(bytes, {});
  const engine = (made.instance ?? made).exports;
  const inside = (at, length) => new Uint8Array(engine.memory.buffer, at, length);

  /** The result as the text that `trede score FILE --format json` prints. */
  function scoreText(file, { language = "nl", explain = false, analyse = false } = {}) {
    const given = new TextEncoder().encode(typeof file === "string" ? file : JSON.stringify(file));
    inside(engine.room(given.length), given.length).set(given);
    const asked = (language === "en" ? 1 : 0) + (explain ? 2 : 0) + (analyse ? 4 : 0);
    const refused = engine.score(asked) !== 0;
    const text = new TextDecoder().decode(inside(engine.answer(), engine.answer_length()));
    if (refused) throw new ScoreError(JSON.parse(text).errors);
    return text;
  }

  return { scoreText, score: (file, options) => JSON.parse(scoreText(file, options)) };
}
