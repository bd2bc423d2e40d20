// How the pages are built (`vite build --mode verifier|wallet|issuer`): Preact through oxc, hashed names, no inline script,
// the QR reader's WebAssembly as a file of ours, of each language the texts that the page speaks.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { catalogueOf } from "./tools/catalogue.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The story whose views a page draws. */
const STORIES: Readonly<Record<string, string>> = { verifier: "verifier", wallet: "holder", issuer: "issuer" };

export default defineConfig(({ mode: page }) => ({
  root: here(page),
  publicDir: here("public"),
  base: `/${page}/`,
  plugins: [catalogueOf(here("src"), STORIES[page] ?? page)],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __BUILD_TIME__: JSON.stringify(Number(process.env["SOURCE_DATE_EPOCH"] ?? "0")) },
  build: {
    outDir: here(`../app/pages/${page}`),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // a data: address would break the Content-Security-Policy
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    // What the page and its later views share comes in one file: each more is one more to ask the service worker for.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", test: /src.(?:kit.bar|kernel.(?:bounds|refused))\.tsx?$/ }] } } },
  },
  worker: { format: "es" },
}));
