// After the build: pins scripts and styles in the page by SRI; for a page that works without network, lists every file with its
// SHA-256 and builds the service worker around the list. The issuer's console asks its server at each step and has none.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ONLINE = ["issuer"];
const page = process.argv[2] ?? "verifier";
const folder = resolve(process.argv[3] ?? here(`../../app/pages/${page}`));
const digest = (bytes, algorithm, form) => createHash(algorithm).update(bytes).digest(form);

function pin(html) {
  return html.replace(/(<(?:script|link)\b[^>]*?\b(?:src|href)=")(\/(?:verifier|wallet|issuer)\/(assets\/[^"]+\.(?:js|css)))"/g, (_, open, address, file) => {
    return `${open}${address}" integrity="sha384-${digest(readFileSync(join(folder, file)), "sha384", "base64")}"`;
  });
}

function files() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "sw.js")
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

const index = join(folder, "index.html");
writeFileSync(index, pin(readFileSync(index, "utf8")));
if (!ONLINE.includes(page)) await addWorker();

async function addWorker() {
  const list = files().map((path) => ({ path, sha256: digest(readFileSync(join(folder, path)), "sha256", "hex") }));
  const version = digest(JSON.stringify(list), "sha256", "hex");

  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    define: { __PAGE__: JSON.stringify(page), __PRECACHE__: JSON.stringify(list), __VERSION__: JSON.stringify(version) },
    build: { write: false, target: "es2022", rolldownOptions: { input: here("../src/world/sw.ts"), output: { format: "iife", entryFileNames: "sw.js" } } },
  });
  writeFileSync(join(folder, "sw.js"), output[0].code);
  console.log(`precache of ${page}: ${list.length} files, version ${version.slice(0, 16)}`);
}
