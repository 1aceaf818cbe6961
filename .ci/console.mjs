// Looks at every page of the demonstration, as the roles that use it: node console.mjs BASE PICTURES [FILTER]
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

// A page as one sees it at this width; whatever is wrong with it is told.
async function look(page, path, name, width) {
  if (!path) return fault("NO PAGE", name);
  if (filter && !new RegExp(filter).test(name)) return undefined;
  const begun = Date.now();
  const answer = await page.goto(base + path);
  const took = Date.now() - begun;
  looked += 1;
  if (answer.status() !== 200) fault("STATUS", answer.status(), name, path);
  await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  if (width === 1280) {
    await page.screenshot({ path: `${pictures}/${name}.png`, clip: { x: 0, y: 0, width, height: 900 } });
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
  return undefined;
}

async function links(page, path, pattern) {
  await page.goto(base + path);
  const all = await page.locator("main a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  return [...new Set(all.filter((href) => href && pattern.test(href)))];
}

const ID = "[0-9a-f-]{20,}$";
const firstLot = async (page, tender) => (await links(page, tender, new RegExp(`lots/${ID}`)))[0];

// Logs in by the button of the role, and goes round.
async function as(role, width, goRound) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "nl-NL" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") fault("CONSOLE", page.url(), message.text());
  });
  await page.goto(`${base}/login`);
  await page.locator(".trede-card", { has: page.locator("h2", { hasText: new RegExp(`^${role}$`) }) })
    .locator("button").click();
  await goRound(page);
  await context.close();
}

for (const width of [1280, 320]) {
  const tenders = {};
  const tender = (begins) => tenders[Object.keys(tenders).find((title) => title.startsWith(begins))];
  const start = await (await browser.newContext({ viewport: { width, height: 900 }, locale: "nl-NL" })).newPage();
  await look(start, "/login", "login", width);
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
    await at((await links(page, `${lot}/evaluation`, new RegExp(`evaluation/${ID}`)))[1], "why");
    for (const name of ["bids", "simulation", "award-model", "report", "decision"]) {
      await at(`${lot}/${name}`, name);
    }
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
    for (const name of ["", "portfolio", "contracts", "contracts/new", "to-decide", "years/2026", "policies", "suppliers"]) {
      await at(name, name.replace("/", "-") || "home-coordinator");
    }
    const contract = (await links(page, `${MUNICIPALITY}/contracts`, new RegExp(`contracts/${ID}`)))[0];
    await look(page, contract, "contract", width);
    await look(page, (await links(page, contract, new RegExp(`entries/${ID}`)))[0], "entry", width);
    await look(page, (await links(page, `${MUNICIPALITY}/policies`, new RegExp(`policies/${ID}`)))[0], "policy", width);
  });
  await as("opdrachtnemer", width, async (page) => {
    await look(page, MUNICIPALITY, "home-contractor", width);
    const contract = (await links(page, `${MUNICIPALITY}/contracts`, new RegExp(`contracts/${ID}`)))[0];
    await look(page, `${contract}/entries/new`, "entry-new", width);
  });
  await as("auditor", width, (page) => look(page, `${MUNICIPALITY}/audit`, "audit", width));
}
await browser.close();
console.log(`${looked} pages looked at, ${faults} faults`);
process.exit(faults ? 1 : 0);
