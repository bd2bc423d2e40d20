// The page of the list's test, built like the pages but into a folder given by the test.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/list/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __BUILD_TIME__: "0" },
  worker: { format: "es" },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: true, reportCompressedSize: false },
});
