// node check.mjs PAGE.html SCREENSHOTS: a pack's page in a real browser.
// Prints a line for each check and ends with status 1 when one failed.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [page_path, shots] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(page_path)).href;
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
let failed = 0;

function say(name, faults) {
  if (faults.length) failed++;
  console.log(`${faults.length ? "FAILED" : "passed"} ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`    ${fault}`);
}

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
});

async function open(width, height) {
  const page = await browser.newPage();
  const requests = [], errors = [];
  await page.setViewport({ width, height });
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url === address || url.startsWith("data:")) return request.continue();
    requests.push(url);
    return request.abort();
  });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address, { waitUntil: "load" });
  return { page, requests, errors };
}

// ---- as it is opened: no request, no script, a policy, a language
{
  const { page, requests, errors } = await open(1280, 900);
  say("no request to anywhere", requests);
  say("nothing that the browser complains of", errors);
  say("no script, no handler, no frame, no form", await page.evaluate(() => {
    const found = [...document.querySelectorAll("script, iframe, object, embed, form, base")].map((e) => e.outerHTML.slice(0, 80));
    for (const e of document.querySelectorAll("*"))
      for (const a of e.attributes) if (a.name.startsWith("on") || /^\s*javascript:/i.test(a.value)) found.push(`${e.tagName} ${a.name}`);
    return found;
  }));
  say("a policy that allows nothing else, a language, a title", await page.evaluate(() => {
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? "";
    const faults = [];
    if (!/default-src 'none'/.test(policy)) faults.push(`policy: ${policy}`);
    if (!document.documentElement.lang) faults.push("no lang");
    if (!document.title.trim()) faults.push("no title");
    return faults;
  }));
  say("headings in order, from one h1", await page.evaluate(() => {
    const faults = [];
    let before = 0;
    for (const h of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
      const level = Number(h.tagName[1]);
      if (level > before + 1) faults.push(`h${before} then h${level}: ${h.textContent.slice(0, 60)}`);
      before = level;
    }
    if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
    return faults;
  }));
  say("ids unique", await page.evaluate(() => {
    const seen = new Set(), faults = [];
    for (const e of document.querySelectorAll("[id]")) {
      if (seen.has(e.id)) faults.push(e.id);
      seen.add(e.id);
    }
    return faults;
  }));
  say("every chart is an image with words, and has its table", await page.evaluate(() => {
    const faults = [];
    for (const figure of document.querySelectorAll("figure")) {
      const svg = figure.querySelector("svg"), name = figure.id || figure.textContent.trim().slice(0, 50);
      if (svg && svg.getAttribute("role") !== "img") faults.push(`${name}: role`);
      if (svg && (!svg.querySelector("title")?.textContent.trim() || !svg.querySelector("desc")?.textContent.trim()))
        faults.push(`${name}: title or desc`);
      if (svg && !figure.querySelector("details table") && !figure.nextElementSibling?.matches("details"))
        faults.push(`${name}: no table behind it`);
    }
    return faults;
  }));
  await page.close();
}

// ---- WCAG, everything opened, wide and narrow
for (const width of [1280, 320]) {
  const { page } = await open(width, 900);
  for (const opened of [false, true]) {
    await page.evaluate((on) => document.querySelectorAll("details").forEach((d) => (d.open = on)), opened);
    const words = `${width} pixels wide, tables ${opened ? "open" : "closed"}`;
    await page.evaluate(axeSource);
    const result = await page.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }), standards);
    say(`WCAG 2.2 AA, ${words}`, result.violations.flatMap((v) => v.nodes.slice(0, 5).map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary?.split("\n")[1]?.trim()}`)));
    say(`nothing wider than the page, ${words}`, await page.evaluate(() => {
      const wide = document.scrollingElement.scrollWidth - window.innerWidth;
      if (wide <= 0) return [];
      const names = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 5).map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`);
      return [`${wide} pixels too wide`, ...names];
    }));
    if (shots) await page.screenshot({ path: path.join(shots, `page-${width}${opened ? "-open" : ""}.png`), fullPage: !opened && width > 320 });
  }
  await page.close();
}

// ---- the keyboard alone
{
  const { page } = await open(1280, 900);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d, i) => (d.open = i % 2 === 0)));
  const wanted = await page.evaluate(() => {
    let i = 0;
    for (const e of document.querySelectorAll("a[href], summary, button, [tabindex='0']"))
      if (e.checkVisibility()) e.dataset.stop = String(i++); // what stands in a closed table is reached once that is open
    return i;
  });
  const reached = new Set(), faults = [];
  let first = "";
  for (let i = 0; i < wanted + 5; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement, style = e && getComputedStyle(e);
      return e && { stop: e.dataset.stop, text: e.textContent.trim().slice(0, 50), href: e.getAttribute("href"),
                    seen: style.outlineStyle !== "none" || style.boxShadow !== "none" };
    });
    if (!at?.stop) continue;
    if (!first) first = at.href ?? "";
    if (!reached.has(at.stop) && !at.seen) faults.push(`focus cannot be seen: ${at.text}`);
    reached.add(at.stop);
  }
  if (!first.startsWith("#")) faults.push(`the first stop is no skip link: ${first}`);
  if (reached.size < wanted) faults.push(`${wanted - reached.size} of ${wanted} stops are not reached`);
  say("the keyboard reaches everything, and shows where it is", faults);
  await page.close();
}

// ---- on paper
{
  const { page } = await open(1280, 900);
  const bytes = await page.pdf({ format: "A4" });
  say("prints", bytes.length > 10000 ? [] : ["an empty print"]);
  if (shots) fs.writeFileSync(path.join(shots, "page.pdf"), bytes);
  await page.close();
}

await browser.close();
process.exit(failed ? 1 : 0);
