// Scores a tried bid in the browser, by the engine that the service itself has: nothing that is typed is sent. Where
// the engine cannot run, the form is sent as it is without script.

const place = document.getElementById("engine");
const words = place.dataset;
const language = document.documentElement.lang;
const section = document.getElementById("try");
const form = section.querySelector("form");

const engine = await WebAssembly.instantiateStreaming(fetch(words.engine), {})
  .then(({ instance }) => instance.exports)
  .catch(() => null);

// The score file's result, or what is wrong with it; every step and every analysis, in the language of the page.
function scored(file) {
  const bytes = new TextEncoder().encode(JSON.stringify(file));
  const at = engine.room(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  engine.score(6 + (language === "en" ? 1 : 0));
  const answer = new Uint8Array(engine.memory.buffer, engine.answer(), engine.answer_length());
  return JSON.parse(new TextDecoder().decode(answer));
}

// A number as people here write it, with a point for its decimals; what is grouped wrongly is left for the engine.
function plain(text) {
  const [group, point] = language === "nl" ? [".", ","] : [",", "."];
  const bare = text.replace(/[ \u00a0€%]/g, "");
  const [whole, ...rest] = bare.split(point);
  const grouped = new RegExp(`^-?(\\d+|\\d{1,3}(\\${group}\\d{3})+)$`);
  if (!grouped.test(whole) || rest.length > 1 || !/^\d*$/.test(rest[0] ?? "")) return bare;
  return whole.replaceAll(group, "") + (rest.length ? `.${rest[0]}` : "");
}

function value(field) {
  if (field.type === "text") return plain(field.value);
  return ["true", "false"].includes(field.value) ? field.value === "true" : field.value;
}

// What stands in the form, at the places that its names point to.
function bids() {
  const root = {};
  for (const field of form.elements) {
    if (!field.name.startsWith("/bids/") || field.value.trim() === "" || field.tagName === "BUTTON") continue;
    const way = field.name.split("/").slice(1);
    const last = way.pop();
    const inside = way.reduce((at, part) => (at[part] ??= {}), root);
    inside[last] = value(field);
  }
  return Object.values(root.bids ?? {});
}

function tried() {
  const file = JSON.parse(words.file);
  const now = Date.now();
  const own = bids().map((bid, number) => ({ ...bid, receivedAt: new Date(now + number * 1000).toISOString() }));
  file.lots[0].bids = own;
  if (own[0]?.price) file.lots[0].referencePrice = own[0].price;
  return scored(file);
}

// An element with its attributes and what is in it.
function el(name, attributes, ...inside) {
  const svg = ["svg", "rect"].includes(name);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, text] of Object.entries(attributes ?? {})) made.setAttribute(key, text);
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

const number = (text, digits = 2) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(text);
const money = (text) => {
  const digits = /\.\d*[1-9]/.test(text) ? 2 : 0;
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `€\u00a0${amount.format(text)}`;
};
const exact = (text) => (Number.isFinite(Number(text)) ? number(text) : text);
// A level has its name in the choice in which it was made.
const named = (raw) => form.querySelector(`select[name$="/pso/level"] option[value="${CSS.escape(raw)}"]`)?.textContent ?? exact(raw);

const right = { class: "trede-right" };
function table(title, heads, rows) {
  const head = el("tr", {}, ...heads.map(([text, attributes]) => el("th", { scope: "col", ...attributes }, text)));
  return el("div", { class: "trede-scroll", tabindex: "0", role: "region", "aria-label": title },
    el("table", { class: "utrecht-table" }, el("caption", { class: "trede-hidden" }, title), el("thead", {}, head), el("tbody", {}, ...rows)));
}

function bar(part, whole) {
  const frame = { x: 0, y: 0, height: 20 };
  const width = Math.max(0, Math.min(1000, Math.round((1000 * Number(part)) / Number(whole))));
  return el("svg", { class: "trede-bars", viewBox: "0 0 1000 20", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    el("rect", { ...frame, class: "trede-owed", width: 1000 }), el("rect", { ...frame, class: "trede-series-1", width }));
}

function criteria(own) {
  const heads = [[words.criterion], [el("span", { class: "trede-hidden" }, words.picture), { class: "trede-wide" }], [words.offered, right], [words.countsFor, right], [words.atMost, right]];
  return table(words.perCriterion, heads, own.criteria.map((one) => el("tr", {},
    el("th", { scope: "row" }, one.title ?? one.id), el("td", { class: "trede-wide" }, one.full ? bar(one.declared, one.full) : null),
    el("td", right, one.raw === undefined ? "" : named(one.raw)), el("td", right, number(one.declared)), el("td", right, one.full ? number(one.full) : ""))));
}

function figures(own, lot) {
  const told = lot.bestTotal === "lowest" ? money : number;
  const together = own.awardFactor?.together ?? {};
  const rank = words.rankOf.replace("{rank}", own.rank).replace("{count}", lot.ranking.length);
  const facts = [
    [lot.bestTotal === "lowest" ? words.evaluatedPrice : words.total, told(own.total.declared)],
    [words.rank, lot.ranking.length > 1 ? rank : null],
    [words.fictitiousPrice, own.discountedPrice && money(own.discountedPrice)],
    [words.awardFactor, together.points && told(together.points)],
    [words.worth, together.euros && money(together.euros)],
  ];
  return el("dl", { class: "trede-figures" }, ...facts.filter(([, text]) => text)
    .map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))));
}

function field(lot) {
  if (lot.ranking.length < 2) return null;
  const told = lot.bestTotal === "lowest" ? money : number;
  return table(words.ranking, [[words.rank], [words.bidder], [words.total, right], [words.price, right]], lot.ranking.map((bid) =>
    el("tr", bid.rank === 1 ? { class: "trede-first" } : {}, el("td", {}, bid.rank), el("th", { scope: "row" }, bid.bidder ?? bid.id),
      el("td", right, told(bid.total.declared)), el("td", right, bid.price ? money(bid.price) : ""))));
}

// At the price that was given: what each level brings.
function worth(lot) {
  const levels = lot.analysis?.levelWorth ?? [];
  if (!levels.length) return [];
  const points = lot.bestTotal !== "lowest";
  const heads = [[words.level], ...(points ? [[words.points, right]] : []), [words.inEuros, right]];
  const rows = levels.map((one) => el("tr", {}, el("th", { scope: "row" }, named(one.level)),
    ...(points ? [el("td", right, number(one.points))] : []), el("td", right, one.euros ? money(one.euros) : "–")));
  return [el("h3", { class: "utrecht-heading-3" }, words.levelWorth), el("p", { class: "utrecht-paragraph" }, words.levelWorthHelp),
    table(words.levelWorth, heads, rows)];
}

const list = (texts) => el("ul", { class: "utrecht-unordered-list" }, ...texts.map((text) => el("li", { class: "utrecht-unordered-list__item" }, text)));

function steps(own) {
  if (!own.explanation?.length) return null;
  const formula = (text) => el("span", { class: "trede-formula" }, text);
  const shown = own.explanation.map((step) => el("li", {}, el("p", { class: "trede-sum-name" }, el("strong", {}, step.name)),
    el("p", { class: "trede-sum-line" }, formula(step.formula), " = ", formula(step.calculation),
      ...(step.result ? [" = ", el("strong", {}, Number.isFinite(Number(step.result)) ? number(step.result, 4) : step.result)] : [])),
    el("p", { class: "trede-soft" }, `${words.source}: ${step.source}`)));
  return el("details", { class: "trede-details" }, el("summary", {}, words.steps),
    el("p", { class: "utrecht-paragraph" }, words.stepsHelp), el("ol", { class: "trede-sum" }, ...shown));
}

function shown(result) {
  const lot = result.lots[0];
  const own = lot.ranking.find((bid) => bid.id === "B1");
  const out = (lot.excluded ?? []).map((bid) => [bid, bid.reasons.map((reason) => reason.detail)]);
  const ownOut = out.find(([bid]) => bid.id === "B1");
  const others = out.filter(([bid]) => bid.id !== "B1").map(([bid, why]) => `${bid.bidder ?? bid.id}: ${why.join("; ")}`);
  return el("section", { class: "trede-section trede-result", id: "outcome", tabindex: "-1" }, el("h2", { class: "utrecht-heading-2" }, words.yourScore),
    own ? figures(own, lot) : null, own ? criteria(own) : null,
    ownOut ? el("div", { class: "utrecht-alert utrecht-alert--error" }, el("h3", { class: "utrecht-heading-3" }, words.dropOut), list(ownOut[1])) : null,
    ...worth(lot), field(lot), others.length ? el("h3", { class: "utrecht-heading-3" }, words.excluded) : null, others.length ? list(others) : null, own ? steps(own) : null);
}

// Each error beside the field that its place leads to, or the nearest above it; all of them on top.
function wrong(errors) {
  const items = errors.map((error, index) => {
    let at = error.pointer.replace("/lots/0", "");
    let input = form.elements[at];
    while (!input && at.includes("/")) input = form.elements[(at = at.slice(0, at.lastIndexOf("/")))];
    if (!input) return error.detail;
    const id = `${input.id}-told-${index}`;
    input.before(el("div", { class: "utrecht-form-field-error-message", id, "data-told": "" }, error.detail));
    input.setAttribute("aria-invalid", "true");
    input.dataset.described ??= input.getAttribute("aria-describedby") ?? "";
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    input.closest(".utrecht-form-field")?.classList.add("utrecht-form-field--invalid");
    return el("a", { class: "utrecht-link utrecht-link--html-a", href: `#${input.id}` }, error.detail);
  });
  return el("div", { class: "utrecht-alert utrecht-alert--error", role: "alert", tabindex: "-1", id: "errors" },
    el("h2", { class: "utrecht-heading-3" }, words.errors.replace("{count}", errors.length)), list(items));
}

// Takes away what was told of before.
function clear(within) {
  for (const gone of within.querySelectorAll("[data-told], #errors, #outcome")) gone.remove();
  for (const input of within.querySelectorAll("[data-described]")) {
    input.setAttribute("aria-describedby", input.dataset.described);
    if (!input.dataset.described) input.removeAttribute("aria-describedby");
    input.removeAttribute("data-described");
    input.removeAttribute("aria-invalid");
    input.closest(".utrecht-form-field")?.classList.remove("utrecht-form-field--invalid");
  }
}

function show() {
  clear(document);
  const result = tried();
  const made = result.errors ? wrong(result.errors) : shown(result);
  section.before(made);
  made.focus();
}

// One more bid to hold one's own against, as the first but empty; its fields have names and ids of their own.
function add() {
  const rows = form.querySelectorAll("fieldset");
  const row = 1 + Math.max(...[...rows].map((one) => Number(one.querySelector("[name^='/bids/']").name.split("/")[2])));
  const copy = rows[0].cloneNode(true);
  copy.querySelector("legend").textContent = words.other.replace("{number}", row);
  clear(copy);
  for (const one of copy.querySelectorAll("*")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const text = one.getAttribute(name);
      if (text) one.setAttribute(name, text.replaceAll("/bids/0", `/bids/${row}`).replaceAll("-bids-0", `-bids-${row}`));
    }
    if (one.type === "text") one.value = "";
  }
  copy.querySelector("[name$='/id']").value = `B${row + 1}`;
  copy.querySelector("[name$='/bidder/name']").value = words.other.replace("{number}", row);
  copy.append(el("button", { class: "utrecht-button utrecht-button--subtle", name: "act", value: `remove:/bids/${row}` }, words.remove));
  rows[rows.length - 1].after(copy);
  copy.querySelector("input[type=text], select").focus();
}

if (engine) {
  document.getElementById("where-it-goes").textContent = words.stays;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const act = event.submitter?.value ?? "";
    if (act.startsWith("add:")) return add();
    if (act.startsWith("remove:")) return event.submitter.closest("fieldset").remove();
    return show();
  });
}
