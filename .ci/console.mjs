// Looks at every page of the demonstration, as the roles that use it: node console.mjs BASE PICTURES [FILTER]
// FILTER is a pattern of names: only those pages are looked at, the others are gone through. WIDTHS=1280,320.
// With SCREENSHOTS=FOLDER it keeps the pictures of the best pages there.
import fs from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const [base, pictures, filter] = process.argv.slice(2);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const MUNICIPALITY = "/gm9901";
fs.mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let faults = 0;
let looked = 0;
const fault = (...words) => {
  faults += 1;
  console.log(...words);
};

// What goes into the documents: the top of the page, and how much of it.
const BEST = { evaluation: 900, "open-score-done": 1150, "simulation-done": 1500, contract: 900, "entry-evidence": 860 };
const screenshots = process.env.SCREENSHOTS;

// A page as one sees it at this width; whatever is wrong with it is told.
async function look(page, path, name, width) {
  if (!path) return fault("NO PAGE", name);
  const begun = Date.now();
  const answer = await page.goto(base + path);
  const took = Date.now() - begun;
  if (answer.status() !== 200) fault("STATUS", answer.status(), name, path);
  return seen(page, name, width, took);
}

// What is on the page now, as after a form was sent.
async function seen(page, name, width, took = 0) {
  if (filter && !new RegExp(filter).test(name)) return;
  looked += 1;
  await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  if (width === 1280 && screenshots && name in BEST) {
    const from = name === "simulation-done" ? await page.locator("#outcome").evaluate((one) => one.offsetTop - 20) : 0;
    const clip = { x: 0, y: from, width, height: BEST[name] };
    await page.screenshot({ path: `${screenshots}/${name}.png`, clip, fullPage: true });
  }
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wider > 0) fault("SIDEWAYS", name, width, wider);
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  for (const one of found.violations) {
    fault("AXE", name, width, one.id, one.nodes.length, one.nodes[0].html.slice(0, 160));
  }
  console.log(name, width, `${took} ms`);
}

// Sends the form by the button of its act, with what stands in it; the page must answer with that status.
async function send(page, act, status = 200) {
  const button = page.locator(`form:has(input[name="_act"][value="${act}"]) .trede-actions button`);
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303),
    button.first().click(),
  ]);
  if (answer.status() !== status) fault("SENT", act, answer.status(), page.url());
}

const fill = (page, name, text) => page.locator(`[name="${name}"]`).fill(text);
// Fills every field of that name's end that is there.
async function fillAll(page, fields) {
  for (const [name, texts] of Object.entries(fields)) {
    const all = await page.locator(`input[type="text"][name$="${name}"], input[type="text"][name*="${name}/"]`).all();
    for (const [index, one] of all.entries()) await one.fill(texts[index % texts.length]);
  }
}

async function links(page, path, pattern) {
  await page.goto(base + path);
  const all = await page.locator("main a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  return [...new Set(all.filter((href) => href && pattern.test(href)))];
}

const ID = "[0-9a-f-]{20,}$";
const firstLot = async (page, tender) => (await links(page, tender, new RegExp(`lots/${ID}`)))[0];

async function fresh(width, settings = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "nl-NL", ...settings });
  // A machine that builds something else beside this is slow.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.on("console", (message) => {
    // A form that needs another look is answered with 422, which the browser calls an error.
    const isRefused = /status of 422/.test(message.text());
    if (message.type() === "error" && !isRefused) fault("CONSOLE", page.url(), message.text());
  });
  return page;
}

// Logs in by the button of the role, and goes round.
async function as(role, width, goRound, settings = {}) {
  const page = await fresh(width, settings);
  await page.goto(`${base}/login`);
  await page.locator(".trede-card", { has: page.locator("h2", { hasText: new RegExp(`^${role}$`) }) })
    .locator("button").click();
  await goRound(page);
  await page.context().close();
}

// A small picture and a small document, as evidence.
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
function aDocument(text) {
  const content = `BT /F1 24 Tf 72 760 Td (${text}) Tj ET`;
  const parts = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let text_ = "%PDF-1.4\n";
  const places = parts.map((part, index) => {
    const at = text_.length;
    text_ += `${index + 1} 0 obj${part}endobj\n`;
    return at;
  });
  const xref = text_.length;
  text_ += `xref\n0 6\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  text_ += `trailer<</Size 6/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(text_, "latin1");
}

// Tries what stands in the form: by the engine in the browser where it runs, without a word to the server, else by a
// form. What the figures say is the same either way.
let figures;
async function tryBids(page, status) {
  if (page.trede?.isPlain || !(await page.locator("#engine").count())) return send(page, "simulate_bid", status);
  const asked = [];
  const listen = (request) => asked.push(request.url());
  page.on("request", listen);
  await page.locator('.trede-actions button[value="simulate_bid"]').click();
  await page.locator(status === 422 ? "#errors" : "#outcome").waitFor();
  page.off("request", listen);
  if (asked.length) fault("SENT AWAY", asked.join(" "));
}

// What anybody does without a log-in: tries a bid, and checks an outcome.
async function anybody(width, record, settings = {}) {
  const page = await fresh(width, settings);
  const isPlain = settings.javaScriptEnabled === false;
  const at = (path, name) => (isPlain ? page.goto(base + path) : look(page, path, name, width));
  const now = (name) => (isPlain ? undefined : seen(page, name, width));
  await at(`/open${MUNICIPALITY}`, "open");
  const published = page.locator(".trede-task", { hasText: "Groenonderhoud 2027" }).locator("a");
  await at(await published.first().getAttribute("href"), "open-tender");
  const lot = (await page.locator("main .trede-lot a").evaluateAll((all) => all.map((a) => a.getAttribute("href"))))[0];
  await at(lot, "open-score");
  page.trede = { isPlain };
  await tryBids(page, 422);
  await now("open-score-wrong");
  await page.goto(base + lot);
  await page.locator('button[name="act"][value="add:/bids"]').click();
  await fillAll(page, { "/price": ["900.000", "850.000"], "/scores": ["8", "9"], "/commitments": ["6", "5"], "/facts": ["1"] });
  for (const select of await page.locator('main select[name^="/bids/0/"]').all()) {
    await select.selectOption({ index: (await select.locator("option").count()) - 1 });
  }
  for (const select of await page.locator('main select[name^="/bids/1/"]').all()) await select.selectOption({ index: 1 });
  await tryBids(page);
  if (!(await page.locator("#outcome .trede-figures").count())) fault("NO SCORE", page.url());
  const said = (await page.locator("#outcome .trede-figures").innerText()).replace(/\s+/g, " ");
  if (said !== (figures ??= said)) fault("OTHER FIGURES", said, figures);
  await now("open-score-done");
  await at(`/open${MUNICIPALITY}/check`, "open-check");
  await send(page, "compare_evaluation_record", 422);
  await now("open-check-wrong");
  const file = (content) => ({ name: "record.json", mimeType: "application/json", buffer: Buffer.from(content) });
  await page.locator('input[type="file"]').setInputFiles(file(JSON.stringify(record)));
  await send(page, "compare_evaluation_record");
  if (!(await page.locator("#outcome .utrecht-alert--ok").count())) fault("NO AGREEMENT", page.url());
  await now("open-check-done");
  const edited = structuredClone(record);
  edited.input.lots[0].bids[0].price = "1.00";
  await fill(page, "/document", JSON.stringify(edited));
  await send(page, "compare_evaluation_record");
  if (!(await page.locator("#outcome .utrecht-alert--error").count())) fault("NOT SEEN", page.url());
  await now("open-check-differs");
  await at(`/open${MUNICIPALITY}/year/2026`, "open-year");
  const picture = await page.request.get(`${base}/open${MUNICIPALITY}/year/2026/image.svg`);
  if (picture.headers()["content-type"] !== "image/svg+xml") fault("NO PICTURE", picture.status());
  await page.context().close();
}

// What a small contractor does: hands in a placement with evidence.
async function contractor(page, width, see) {
  const contract = (await links(page, `${MUNICIPALITY}/contracts`, new RegExp(`contracts/${ID}`)))[0];
  await see(`${contract}/entries/new`, "entry-new");
  const blocks = await links(page, `${contract}/entries/new`, /block=/);
  await see(blocks[0], "entry-form");
  await page.goto(base + blocks[0]);
  const fields = await page.locator("main form.trede-form :is(input:not([type=hidden]), select, textarea)").count();
  if (fields >= 10) fault("FIELDS", fields, blocks[0]);
  await send(page, "create_entry", 422);
  await see(undefined, "entry-wrong");
  await fill(page, "/description", "Medewerker groen, wijk Noord");
  await fill(page, "/candidateReference", `K-${width}${Date.now() % 1000}`);
  await fill(page, "/facts/period/from", "01-03-2026");
  await fill(page, "/facts/period/until", "31-08-2026");
  await fill(page, "/facts/hoursPerWeek", "24");
  await send(page, "create_entry");
  await see(undefined, "entry-worth");
  for (const [name, mimeType, buffer] of [
    ["uren.pdf", "application/pdf", aDocument("Urenstaat week 10 tot en met 35")],
    ["foto.png", "image/png", PICTURE],
  ]) {
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });
    await send(page, "create_evidence_file");
  }
  if ((await page.locator("details:has(img), details:has(iframe)").count()) < 2) fault("NO EVIDENCE", page.url());
  await page.waitForTimeout(300);
  await see(undefined, "entry-evidence");
  await page.locator('input[type="file"]').setInputFiles({ name: "x.exe", mimeType: "application/x-msdownload", buffer: PICTURE });
  await send(page, "create_evidence_file", 422);
  await see(undefined, "entry-evidence-wrong");
  await page.goto(page.url());
  await send(page, "submit_entry");
}

// The record of an evaluation, as the API hands it out to a buyer.
async function theRecord(page, lot) {
  const [, municipality, , tender, , id] = lot.split("/");
  const token = process.env.BUYER;
  const headers = { authorization: `Bearer ${token}` };
  const at = `${base}/v1/municipalities/${municipality}/tenders/${tender}/lots/${id}/evaluations`;
  const list = await (await page.request.get(at, { headers })).json();
  return (await page.request.get(`${at}/${list.items.at(-1).id}/record`, { headers })).json();
}

let record;
for (const width of (process.env.WIDTHS || "1280,320").split(",").map(Number)) {
  const tenders = {};
  const tender = (begins) => tenders[Object.keys(tenders).find((title) => title.startsWith(begins))];
  await look(await fresh(width), "/login", "login", width);
  await as("inkoper", width, async (page) => {
    const at = (path, name) => look(page, path, name, width);
    await at(MUNICIPALITY, "home");
    await at(`${MUNICIPALITY}/tenders`, "tenders");
    await at(`${MUNICIPALITY}/tenders/new`, "tender-new");
    await at(`${MUNICIPALITY}/tenders/import`, "tender-import");
    await page.goto(`${base}${MUNICIPALITY}/tenders`);
    for (const link of await page.locator("tbody th a").all()) {
      tenders[(await link.textContent()).trim()] = await link.getAttribute("href");
    }
    const evaluated = tender("Groenonderhoud 2027");
    await at(evaluated, "tender");
    const lot = await firstLot(page, evaluated);
    await at(lot, "lot");
    await at(`${lot}/evaluation`, "evaluation");
    record = await theRecord(page, lot);
    await at((await links(page, `${lot}/evaluation`, new RegExp(`evaluation/${ID}`)))[1], "why");
    for (const name of ["bids", "simulation", "award-model", "report", "decision"]) {
      await at(`${lot}/${name}`, name);
    }
    await page.goto(`${base}${lot}/simulation`);
    await fillAll(page, {
      "/bidder/name": ["De Groene Kracht", "Plantsoen Partners", "Tuin en Straat"],
      "/price": ["910.000", "850.000", "880.000"], "/scores": ["7", "6", "9", "8"], "/commitments": ["6", "5", "7"],
      "/referencePrice": ["880.000"], "/facts": ["1"],
    });
    for (const [index, select] of (await page.locator('main select[name$="/pso/level"]').all()).entries()) {
      await select.selectOption({ index: [3, 0, 1][index % 3] });
    }
    await send(page, "simulate_award");
    await seen(page, "simulation-done", width);
    if (!(await page.locator(".trede-fan").count())) fault("NO FAN", page.url());
    await at(`${lot}/laboratory`, "laboratory");
    await fillAll(page, { "/price/from": ["850.000"], "/price/to": ["950.000"], "/tenders": ["1000"] });
    await send(page, "simulate_award_models");
    await seen(page, "laboratory-done", width);
    await at(`${lot}/laboratory?from=groenonderhoud`, "laboratory-example");
    await fillAll(page, { "/tenders": ["1000"] });
    await send(page, "simulate_award_models");
    await seen(page, "laboratory-example-done", width);
    await at(`${evaluated}/opening`, "opening");
    const draft = tender("Groenonderhoud sportparken");
    await at(draft, "tender-draft");
    await at(`${draft}?ask=publish`, "tender-publish");
    await at(`${draft}/edit`, "tender-edit");
    await at(`${await firstLot(page, draft)}/award-model`, "award-model-form");
    await at(`${await firstLot(page, tender("Wijkonderhoud"))}/scoring`, "scoring");
    const proposed = await firstLot(page, tender("Bomen"));
    await at(`${proposed}/decision`, "standstill");
    await at(`${proposed}/letters`, "letters");
    await at((await links(page, `${proposed}/letters`, new RegExp(`letters/${ID}`)))[0], "letter");
    await at(`${tender("Onderhoud begraaf")}/opening`, "opening-awaited");
    const agreed = await firstLot(page, tender("Raamovereenkomst"));
    await at(agreed, "lot-agreed");
    await at(`${agreed}/decision`, "decision-winners");
    await at(`${agreed}/call-offs`, "call-offs");
    await page.locator('button[name="act"][value="add:/declined"]').click();
    await send(page, "create_call_off", 422);
    await seen(page, "call-offs-wrong", width);
  });
  await as("kluisopener", width, (page) => look(page, MUNICIPALITY, "home-opener", width));
  await as("beoordelaar", width, async (page) => {
    await look(page, MUNICIPALITY, "home-assessor", width);
    await look(page, `${await firstLot(page, tender("Wijkonderhoud"))}/my-scoring`, "my-scoring", width);
  });
  await as("inschrijver", width, async (page) => {
    await look(page, MUNICIPALITY, "home-bidder", width);
    await look(page, `${await firstLot(page, tender("Leerlingen"))}/my-bid`, "my-bid", width);
  });
  await as("coördinator social return", width, async (page) => {
    const at = (path, name) => look(page, path ? `${MUNICIPALITY}/${path}` : MUNICIPALITY, name, width);
    for (const name of ["", "portfolio", "contracts", "contracts/new", "tables", "to-decide", "years/2026", "policies", "policies/new", "suppliers"]) {
      await at(name, name.replace("/", "-") || "home-coordinator");
    }
    for (const [list, act, name] of [
      ["to-decide", "return_entries", "entries-many"], ["portfolio", "assign_contracts", "contracts-many"],
    ]) {
      await page.goto(`${base}${MUNICIPALITY}/${list}`);
      await page.locator('tbody input[type="checkbox"]').first().check();
      await page.locator(`button[value="try_${act}"]`).last().click();
      await page.waitForURL(/many$/);
      await seen(page, name, width);
      await send(page, act, 422);
      await seen(page, `${name}-wrong`, width);
      if (!(await page.locator("tbody tr").count())) fault("NO ROWS", name);
    }
    const contract = (await links(page, `${MUNICIPALITY}/contracts`, new RegExp(`contracts/${ID}`)))[0];
    await look(page, contract, "contract", width);
    await look(page, (await links(page, contract, new RegExp(`entries/${ID}`)))[0], "entry", width);
    await look(page, (await links(page, `${MUNICIPALITY}/policies`, new RegExp(`policies/${ID}`)))[0], "policy", width);
    await look(page, `${MUNICIPALITY}/policies/new?from=utrecht-nieuwste`, "policies-new-template", width);
    await fill(page, "/version", `${width}`);
    await fill(page, "/blocks/0/amount", "41.000,00");
    await page.locator('button[name="act"][value="add:/limits"]').click();
    await fill(page, "/limits/0/maximum", "veel");
    await send(page, "create_social_return_policy", 422);
    await seen(page, "policies-new-wrong", width);
    await fill(page, "/limits/0/maximum", "100.000");
    await send(page, "create_social_return_policy");
    await seen(page, "policy-entered", width);
  });
  await as("opdrachtnemer", width, async (page) => {
    await look(page, MUNICIPALITY, "home-contractor", width);
    await contractor(page, width, (path, name) => (path ? look(page, path, name, width) : seen(page, name, width)));
  });
  await anybody(width, record);
  await as("auditor", width, (page) => look(page, `${MUNICIPALITY}/audit`, "audit", width));
}
// The same by forms alone, where no script runs.
if (!filter) {
  const plain = { javaScriptEnabled: false };
  await anybody(1280, record, plain);
  await as("opdrachtnemer", 1280, (page) => contractor(page, 1281, (path) => (path ? page.goto(base + path) : undefined)), plain);
}
await browser.close();
console.log(`${looked} pages looked at, ${faults} faults`);
process.exit(faults ? 1 : 0);
