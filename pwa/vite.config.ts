// How the verifier's page is built: Preact through oxc, hashed names, no inline script, the QR reader's WebAssembly as a file of ours.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("verifier"),
  publicDir: here("public"),
  base: "/verifier/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __BUILD_TIME__: JSON.stringify(Number(process.env["SOURCE_DATE_EPOCH"] ?? "0")) },
  build: {
    outDir: here("../app/pages/verifier"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // a data: address would break the Content-Security-Policy
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
