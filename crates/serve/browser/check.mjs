// The pages in a real, headless Chromium: what a reader does, what a hostile
// article tries, and what axe-core says of accessibility. See ./check.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const [dateline, articles, chromium, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "dateline-browser-"));
const store = join(folder, "news.db");
let passed = 0;
let failed = 0;

const EVIL = `"><img src=x onerror="window.hit=1"><script>window.hit=2</script><svg onload="window.hit=3">`;
const bidi = "The minister\u202e drow siht\u2066 said “\u202ait is over\u202c” on Monday in Geneva. ";

/** The articles of the store: the invented incidents, and a hostile one. */
function lines() {
  const rows = readFileSync(articles, "utf8").split("\n").filter((line) => line && !line.startsWith("#")).slice(1);
  const all = rows.map((row) => {
    const [id, , outlet, published, , text] = row.split("\t");
    return { id, outlet, published, text, title: text.split(". ")[0] };
  });
  const text = `Foreign Minister ${EVIL} said on Monday that talks in Geneva would go on. `.repeat(40) + bidi.repeat(40);
  all.push({ id: `${EVIL}/../#?`, outlet: EVIL, published: "2022-06-14", text, title: EVIL, url: "javascript:window.hit=4" });
  return all.map((line) => JSON.stringify(line)).join("\n");
}

/** One check; its failure does not end the others. */
async function check(name, what) {
  try {
    await what();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.stack || error).split("\n").slice(0, 6).join("\n      ")}`);
  }
}

const added = spawnSync(dateline, ["add", "--store", store, "-"], { input: lines(), encoding: "utf8" });
assert.equal(added.status, 0, added.stderr);
const server = spawn(dateline, ["serve", "--store", store, "--listen", "127.0.0.1:0", "--quiet", "--max-time", "120"]);
const base = await new Promise((resolve, reject) => {
  let told = "";
  server.stderr.on("data", (data) => {
    told += data;
    const at = told.match(/http:\/\/\S+?(?=\/\s)/);
    if (at) resolve(at[0]);
  });
  server.on("exit", () => reject(new Error(told)));
});
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });

/** A page that notes what goes wrong in it and what it asks of other hosts. */
async function open(path, { width = 1280, scheme = "light", scripts = true } = {}) {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("console", (message) => { if (["error", "warn"].includes(message.type())) page.wrong.push(message.text()); });
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("dialog", (dialog) => { page.wrong.push("a dialog"); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(`${base}/`) && !request.url().startsWith("data:")) page.wrong.push(request.url()); });
  page.setDefaultTimeout(120_000);
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900, isMobile: width < 600, hasTouch: width < 600 });
  await page.goto(path.startsWith("http") ? path : base + path);
  return page;
}

const go = (page, what) => Promise.all([page.waitForNavigation(), what()]);
const text = (page, selector = "main") => page.$eval(selector, (element) => element.innerText);
const link = (page, prefix) => page.$eval(`main a[href^="${prefix}"]`, (element) => element.href);

await check("an article is uploaded, read and shown with its marks", async () => {
  const file = join(folder, "mine.txt");
  writeFileSync(file, "Mayor Ana Lind denied on Tuesday that police had attacked protesters in Oslo.");
  for (const scripts of [true, false]) {
    const page = await open("/", { scripts });
    const input = await page.$("#file");
    await input.uploadFile(file);
    await page.type("#outlet", "My Paper");
    await go(page, () => page.click(".upload button"));
    assert.match(await text(page), /not kept/);
    assert.equal(await page.$$eval(".text .cue", (all) => all.map((e) => e.textContent).join("")), "denied");
    assert.ok((await page.$$(".entry.event")).length > 0);
    assert.deepEqual(page.wrong, []);
    await page.close();
  }
});

await check("a web page is uploaded or pasted, and read as its article", async () => {
  const html = `<!doctype html><title>Mayor denies it</title><meta property="og:site_name" content="The Courier">
    <nav><a href="/">Home</a></nav><article><h1>Mayor denies it</h1><p>Mayor Ana Lind denied on Tuesday that police had attacked
    protesters in Oslo, and said <img src=x onerror="window.hit=5"> that talks with the union would go on as planned.</p>
    <p>Union leader Per Berg said that officers had beaten three workers ${EVIL.replaceAll("<", "&lt;")} near the harbour.</p>
    <script>window.hit=6</script></article>`;
  const file = join(folder, "page.html");
  writeFileSync(file, html);
  for (const [scripts, pasted] of [[true, false], [false, false], [true, true]]) {
    const page = await open("/", { scripts });
    if (pasted) await page.evaluate((html) => { document.querySelector("#text").value = html; }, html);
    else await (await page.$("#file")).uploadFile(file);
    await go(page, () => page.click(".upload button"));
    const shown = await text(page);
    assert.match(shown, /Mayor denies it/);
    assert.match(shown, /The Courier/);
    assert.doesNotMatch(shown, /Home/);
    assert.equal(await page.$$eval("main img, main script, main svg[onload]", (all) => all.length), 0);
    if (scripts) assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.deepEqual(page.wrong, []);
    await page.close();
  }
});

await check("a claim leads to its speaker, and the speaker to another article", async () => {
  const page = await open("/search?q=tareen");
  await page.goto(await link(page, "/article/"));
  const first = new URL(page.url()).pathname;
  await page.goto(await page.$eval(".entry.claim a.who", (element) => element.href));
  assert.match(new URL(page.url()).pathname, /^\/person\//);
  const articles = await page.$$eval("main a[href^='/article/']", (all) => all.map((a) => a.pathname));
  const other = articles.find((path) => path !== first);
  assert.ok(other, `no other article among ${articles}`);
  await page.goto(base + other);
  assert.ok((await page.$$(".text .m")).length > 0);
  assert.deepEqual(page.wrong, []);
  await page.close();
});

await check("pointing at a claim ties source, cue and content together; its address is its own", async () => {
  const page = await open("/search?q=tareen");
  await page.goto(await link(page, "/article/"));
  const name = await page.$eval(".text .cue", (element) => element.dataset.m.split(" ").find((m) => m[0] === "c"));
  await page.hover(`.text .content[data-m~="${name}"]`);
  const lit = await page.$$eval(".text .lit", (all) => all.map((e) => e.className).join(" "));
  for (const part of ["content", "cue", "source"]) assert.match(lit, new RegExp(part));
  await page.click(`.text .cue[data-m~="${name}"]`);
  assert.equal(new URL(page.url()).hash, `#${name}`);
  const again = await open(page.url(), {});
  assert.ok((await again.$$(`.text .lit[data-m~="${name}"]`)).length >= 3);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  assert.ok((await page.$$(".entries .lit")).length === 1);
  const shown = (selector) => page.$eval(selector, (e) => getComputedStyle(e).display);
  await page.keyboard.press("1");
  assert.equal(await shown(".entry.claim"), "none");
  await page.close();
  await again.close();
});

await check("a dispute opens with both sides", async () => {
  const page = await open("/disputes");
  await page.goto(await link(page, "/dispute/"));
  const boxes = await page.$$eval(".pair .quotation", (all) => all.map((e) => e.getBoundingClientRect().left));
  assert.equal(boxes.length, 2);
  assert.ok(boxes[1] > boxes[0] + 100, "they do not stand opposite each other");
  await page.close();
});

await check("the network is filtered by quarter and by time, and leads to its evidence", async () => {
  const page = await open("/network");
  const edges = () => page.$$eval(".network.wide .edge", (all) => all.map((e) => e.classList[1]));
  const all = await edges();
  assert.ok(new Set(all).size > 1);
  await go(page, () => page.click(".keys a.q4"));
  assert.deepEqual([...new Set(await edges())], ["q4"]);
  await page.type("#f-until", "2021-03");
  await go(page, () => page.click(".filter button"));
  const few = (await edges()).length;
  assert.ok(few > 0 && few < all.length);
  await go(page, () => page.click(".edges td.number a"));
  assert.ok((await page.$$(".incident")).length > 0);
  assert.deepEqual(page.wrong, []);
  await page.close();
});

await check("on a phone nothing is scrolled sideways, and filters open", async () => {
  for (const path of ["/people?all=1", "/network", "/map", "/timeline", "/incidents", "/disputes", "/search?q=tareen"]) {
    const page = await open(path, { width: 390 });
    const wide = await page.$$eval("main *", (all) => all.filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)).map((e) => e.className));
    assert.deepEqual(wide, [], path);
    await page.close();
  }
  const page = await open("/network", { width: 390 });
  const seen = (selector) => page.$eval(selector, (e) => e.getClientRects().length > 0);
  assert.deepEqual([await seen(".network.tall"), await seen(".network.wide"), await seen("#f-since")], [true, false, false]);
  await page.tap(".others label");
  assert.ok(await seen("#f-since"));
  await page.type("#f-since", "2021");
  await go(page, () => page.tap(".filter .go button"));
  assert.ok(await seen("#f-since"), "a filter that is set is hidden");
  await page.close();
});

await check("a hostile article executes nothing and lays out", async () => {
  const page = await open("/articles");
  const article = await page.$$eval("main h3 a", (all) => all.find((a) => a.textContent.includes("onerror")).href);
  for (const path of [article, `${article}?mark=c1#c1`, "/", "/search?q=onerror", "/people?all=1", "/incidents", "/timeline"]) {
    for (const width of [1280, 390]) {
      const hostile = await open(path, { width });
      const hit = await hostile.evaluate(() => [window.hit ?? 0, document.querySelectorAll("main img, main script, main svg[onload]").length]);
      assert.deepEqual(hit, [0, 0], path);
      const over = await hostile.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 1, `${path} is ${over} pixels too wide at ${width}`);
      assert.deepEqual(hostile.wrong, [], path);
      await hostile.close();
    }
  }
  const read = await open("/");
  await read.evaluate((evil) => { document.querySelector("#text").value = `${evil} The mayor said it was late. `.repeat(30); }, EVIL);
  await go(read, () => read.click(".upload button"));
  assert.equal(await read.evaluate(() => window.hit), undefined);
  assert.deepEqual(read.wrong, []);
  await read.close();
  await page.close();
});

await check("ten thousand marks lay out", async () => {
  const page = await open("/");
  const words = "Minister Ana Lind said on Monday in Geneva that troops attacked protesters in Oslo on Tuesday. ".repeat(1900);
  await page.evaluate((words) => { document.querySelector("#text").value = words; }, words);
  await go(page, () => page.click(".upload button"));
  const marks = await page.$$eval(".text a[id]", (all) => all.length);
  assert.ok(marks > 10000, `${marks} marks`);
  const begun = Date.now();
  await page.hover(".text .content");
  assert.ok(Date.now() - begun < 2000, "pointing is slow");
  assert.deepEqual(page.wrong, []);
  await page.close();
});

const one = await open("/search?q=tareen");
const pages = {
  start: "/", article: await link(one, "/article/"), person: await link(one, "/person/"), people: "/people",
  incidents: "/incidents", incident: null, disputes: "/disputes", dispute: null, articles: "/articles",
  network: "/network", timeline: "/timeline", map: "/map", search: "/search?q=tareen", api: "/api",
};
await one.goto(`${base}/`);
pages.incident = await link(one, "/incident/");
pages.dispute = await link(one, "/dispute/");
await one.close();
for (const [name, path] of Object.entries(pages)) {
  await check(`${name}: axe finds nothing serious, nothing is too wide`, async () => {
    for (const [kind, width, scheme] of [["light", 1280, "light"], ["dark", 1280, "dark"], ["phone", 390, "light"]]) {
      const page = await open(path, { width, scheme });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 1, `${over} pixels too wide (${kind})`);
      assert.deepEqual(page.wrong, []);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${kind}.png`) });
      // The debugger's own way of running a script, which the policy does not bind.
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
      const told = serious.map((v) => `${kind} ${v.id}: ${v.nodes.length}× ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].failureSummary.slice(0, 200)}`);
      assert.deepEqual(told, []);
      await page.close();
    }
  });
}

await browser.close();
server.kill("SIGTERM");
const ended = await new Promise((resolve) => server.on("exit", (code) => resolve(code)));
await check("the server ends when it is told to", async () => assert.equal(ended, 0));
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
