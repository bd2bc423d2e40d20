// Checks the arrows of the pages' house: words <- kernel <- kit <- stories <- world, stories apart, no circle, a pure kernel.
// It reads import lines alone; types are the compiler's. Run by `npm run arrows`; prints one line a fault.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const FLOORS = ["words", "kernel", "kit", "stories", "world"];
/** Packages that each floor may import. */
const PACKAGES = {
  words: [],
  kernel: ["@noble/ciphers", "@noble/curves", "@noble/hashes", "qr"],
  kit: ["preact"],
  stories: ["preact"],
  world: ["preact", "zxing-wasm", "idb", "hash-wasm", "openapi-fetch", "@simplewebauthn/browser"],
};
/** What a pure kernel never says: time, chance, network, storage and page come in as arguments. */
const IMPURE = /\b(?:Date\.now|new Date\(\)|performance\.|Math\.random|fetch\(|XMLHttpRequest|indexedDB|localStorage|sessionStorage|navigator\.|document\.(?:get|query|create|body)|window\.|globalThis\.|crypto\.(?:subtle|getRandomValues)|process\.|setTimeout|setInterval)/;
const IMPORT = /^\s*(?:import|export)\b[^"';]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

const faults = [];
const graph = new Map();

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " ")).replace(/(^|\s)\/\/[^\n]*/g, "$1");
}

function floorOf(path) {
  return FLOORS.indexOf(path.split(sep)[0]);
}

function checkPackage(name, wanted) {
  const floor = FLOORS[floorOf(name)];
  const allowed = PACKAGES[floor].some((packageName) => wanted === packageName || wanted.startsWith(`${packageName}/`));
  if (!allowed) faults.push(`${name}: ${floor} may not import the package ${wanted}`);
}

function checkArrow(name, target) {
  const from = floorOf(name);
  const to = floorOf(target);
  if (to < 0) faults.push(`${name}: imports ${target}, which stands outside the floors`);
  if (to > from) faults.push(`${name}: ${FLOORS[from]} may not import ${FLOORS[to]} (${target})`);
  const [, story] = name.split(sep);
  const [, other] = target.split(sep);
  const apart = FLOORS[from] === "stories" && FLOORS[to] === "stories" && story !== other;
  if (apart && !story.includes(".") && !other.includes(".")) faults.push(`${name}: stories never import each other (${target})`);
}

for (const path of files(ROOT)) {
  const name = relative(ROOT, path);
  const text = withoutComments(readFileSync(path, "utf8"));
  const targets = [];
  if (floorOf(name) < 0) faults.push(`${name}: stands on no floor`);
  for (const [, one, two, three] of text.matchAll(IMPORT)) {
    const wanted = one ?? two ?? three;
    if (!wanted.startsWith(".")) checkPackage(name, wanted);
    else if (/\.(?:css|svg|wasm|json)(?:\?|$)/.test(wanted) === false) {
      const target = normalize(join(dirname(name), wanted));
      targets.push(target);
      checkArrow(name, target);
    }
  }
  graph.set(name, targets);
  const impure = name.startsWith("kernel") ? IMPURE.exec(text) : null;
  if (impure !== null) faults.push(`${name}: the kernel is pure, it may not say ${impure[0]}`);
}

const done = new Set();
function walk(name, way) {
  if (way.includes(name)) faults.push(`a circle: ${[...way.slice(way.indexOf(name)), name].join(" -> ")}`);
  else if (!done.has(name)) for (const target of graph.get(name) ?? []) walk(target, [...way, name]);
  done.add(name);
}
for (const name of graph.keys()) walk(name, []);

for (const fault of faults) console.log(fault);
console.log(`${graph.size} files, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
