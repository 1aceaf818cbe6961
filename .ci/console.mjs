// Looks at every page of the demonstration, as each role: node console.mjs BASE PICTURES [FILTER]
import { chromium } from 'playwright-core'; import { AxeBuilder } from '@axe-core/playwright'; import fs from 'fs';
const [base, out, filter] = process.argv.slice(2); fs.mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.BROWSER, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
let bad = 0;
const enter = async (ctx, n) => { const p = await ctx.newPage(); p.on('console', m => { if (m.type() === 'error') { bad++; console.log('CONSOLE', p.url(), m.text()); } }); await p.goto(base + '/login'); await p.locator(`form:has(input[name=role][value="${n}"]) button`).click(); return p; };
const roles = {}; { const c = await browser.newContext(); const p = await c.newPage(); await p.goto(base + '/login'); const hs = await p.locator('.trede-card h2').allTextContents(); hs.forEach((h, i) => roles[h.trim()] = i); await c.close(); }
const links = async (p, re) => [...new Set((await p.locator('main a').evaluateAll(as => as.map(a => a.getAttribute('href')))).filter(h => h && re.test(h)))];
const check = async (p, path, name, w) => { const t = Date.now(); const r = await p.goto(base + path); const ms = Date.now() - t; await p.screenshot({ path: `${out}/${name}-${w}.png`, fullPage: true });
  const over = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth); if (over > 0) { bad++; console.log('WIDE', name, w, over); }
  if (r.status() !== 200) { bad++; console.log('STATUS', r.status(), path); }
  const a = await new AxeBuilder({ page: p }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  for (const v of a.violations) { bad++; console.log('AXE', name, w, v.id, v.nodes.length, v.nodes[0].html.slice(0, 150)); } return ms; };
for (const w of [1280, 320]) {
  const visit = async (role, tasks) => { const c = await browser.newContext({ viewport: { width: w, height: 900 }, locale: 'nl-NL' }); const p = await enter(c, roles[role]); await tasks(p); await c.close(); };
  const go = async (p, path, name) => { if (filter && !name.match(filter)) return; const ms = await check(p, path, name, w); console.log(name, w, ms + 'ms'); };
  { const c = await browser.newContext({ viewport: { width: w, height: 900 }, locale: 'nl-NL' }); const p = await c.newPage(); await go(p, '/login', 'login'); await c.close(); }
  await visit('inkoper', async p => {
    const M = '/gm9901'; await go(p, M, 'home'); await go(p, M + '/tenders', 'tenders'); await go(p, M + '/tenders/new', 'tender-new'); await go(p, M + '/tenders/import', 'tender-import');
    await p.goto(base + M + '/tenders'); const named = {}; for (const a of await p.locator('tbody th a').all()) named[(await a.textContent()).trim()] = await a.getAttribute('href');
    const lot = async t => { await p.goto(base + named[t]); return (await links(p, /lots\/[0-9a-f-]+$/))[0]; };
    const find = s => Object.keys(named).find(k => k.startsWith(s));
    const ev = find('Groenonderhoud 2027'); await go(p, named[ev], 'tender'); const l = await lot(ev);
    await go(p, l, 'lot'); await go(p, l + '/evaluation', 'evaluation'); await p.goto(base + l + '/evaluation'); const why = (await links(p, /evaluation\/[0-9a-f-]+$/)); if (why[1]) await go(p, why[1], 'why');
    await go(p, l + '/bids', 'bids'); await go(p, l + '/simulation', 'simulation'); await go(p, l + '/award-model', 'model-frozen'); await go(p, l + '/report', 'report'); await go(p, l + '/decision', 'decision-new');
    const d = find('Groenonderhoud sportparken'); if (d) { await go(p, named[d], 'tender-draft'); await go(p, named[d] + '?ask=publish', 'publish'); await go(p, named[d] + '/edit', 'tender-edit'); const dl = await lot(d); await go(p, dl + '/award-model', 'award-model'); }
    const h = find('Wijkonderhoud'); if (h) { const hl = await lot(h); await go(p, hl + '/scoring', 'scoring'); }
    const pr = find('Bomen'); if (pr) { const x = await lot(pr); await go(p, x + '/decision', 'decision'); await go(p, x + '/letters', 'letters'); await p.goto(base + x + '/letters'); const le = (await links(p, /letters\/[0-9a-f-]+$/))[0]; if (le) await go(p, le, 'letter'); }
    const cl = find('Onderhoud begraaf'); if (cl) await go(p, named[cl] + '/opening', 'opening-closed'); await go(p, named[ev] + '/opening', 'opening');
    globalThis.named = named; globalThis.find = find;
  });
  await visit('beoordelaar', async p => { await go(p, '/gm9901', 'home-assessor'); const h = find('Wijkonderhoud'); if (h) { await p.goto(base + named[h]); const l = (await links(p, /lots\/[0-9a-f-]+$/))[0]; await go(p, l + '/my-scoring', 'my-scoring'); } });
  await visit('inschrijver', async p => { await go(p, '/gm9901', 'home-bidder'); const h = find('Leerlingen'); if (h) { await p.goto(base + named[h]); const l = (await links(p, /lots\/[0-9a-f-]+$/))[0]; await go(p, l + '/my-bid', 'my-bid'); } });
  await visit('coördinator social return', async p => { await go(p, '/gm9901', 'home-coordinator'); await go(p, '/gm9901/portfolio', 'portfolio'); await go(p, '/gm9901/contracts', 'contracts'); await go(p, '/gm9901/contracts/new', 'contract-new'); await p.goto(base + '/gm9901/portfolio'); const cs = await links(p, /contracts\/[0-9a-f-]{20,}$/); if (cs[0]) { await p.goto(base + '/gm9901/contracts'); const c0 = (await links(p, /contracts\/[0-9a-f-]{20,}$/))[0]; await go(p, c0, 'contract'); await p.goto(base + c0); const e = (await links(p, /entries\/[0-9a-f-]{20,}$/))[0]; if (e) await go(p, e, 'entry'); await go(p, c0 + '/entries/new', 'entry-new'); } await go(p, '/gm9901/to-decide', 'to-decide'); await go(p, '/gm9901/years/2026', 'year'); await go(p, '/gm9901/policies', 'policies'); await p.goto(base + '/gm9901/policies'); const po = (await links(p, /policies\/[0-9a-f-]{20,}$/))[0]; if (po) await go(p, po, 'policy'); await go(p, '/gm9901/suppliers', 'suppliers'); });
  await visit('auditor', async p => { await go(p, '/gm9901/audit', 'audit'); });
}
await browser.close(); console.log('BAD', bad); process.exit(bad ? 1 : 0);
