// Builds the page of `puente bench kernel` for Chromium: our kernel and the two bare equations; not part of the product.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: { target: "es2022", emptyOutDir: true, reportCompressedSize: false },
});
