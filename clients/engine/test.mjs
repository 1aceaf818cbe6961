// Whether the engine says what the program says, byte for byte: node test.mjs TREDE FOLDER…
// TREDE is the program; every file of the folders that it scores is scored here, in both languages and with all that can be
// asked for, and every file that it refuses is refused here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load, ScoreError } from "./index.js";

const [trede, ...folders] = process.argv.slice(2);
const engine = await load();
const counts = { scored: 0, refused: 0 };

function printed(file, { language, explain, analyse }) {
  const asked = [...(explain ? ["--explain"] : []), ...(analyse ? ["--analyse"] : [])];
  const run = spawnSync(trede, ["score", file, "--format", "json", "--lang", language, ...asked], { maxBuffer: 1 << 28 });
  return run.status === 0 ? run.stdout.toString() : null;
}

function said(text, options) {
  try {
    return engine.scoreText(text, options);
  } catch (error) {
    assert(error instanceof ScoreError, error);
    return null;
  }
}

for (const folder of folders) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    for (const options of [
      { language: "nl", explain: true, analyse: true },
      { language: "en", explain: false, analyse: false },
    ]) {
      const wanted = printed(file, options);
      assert.equal(said(text, options), wanted, file);
      counts[wanted === null ? "refused" : "scored"] += 1;
    }
  }
}
assert(counts.scored > 10, "hardly anything was scored");
console.log(`the engine says what the program says: ${counts.scored} results, ${counts.refused} refusals`);
