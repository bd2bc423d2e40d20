// The gallery of views for the browser tests, built like the pages but into a folder given by the test: one entry a page.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/verifier/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: true, reportCompressedSize: false,
    rolldownOptions: { input: { verifier: here("index.html"), wallet: here("wallet.html"), issuer: here("issuer.html") } },
  },
});
