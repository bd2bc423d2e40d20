/**
 * Gives each page the texts that it speaks: of a language's file, the keys that the page's own sources name, whole or by
 * their beginning (`level.${level}`); and the languages' own names. The files themselves hold the texts of all pages;
 * test/words/text.test.ts reads them so.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

import { nameOf } from "../src/words/named.ts";

const LANGUAGE = /\/words\/languages\/[^/]+\.json$/;
const SHARED = ["kernel", "kit", "world"];

/** Whether sources name a key: `"key"`, the key without its number, or a template that begins it. */
export function namedIn(code: string): (key: string) => boolean {
  const whole = new Set([...code.matchAll(/"([a-z][\w.]*)"/g)].map(([, name = ""]) => name));
  const begun = [...new Set([...code.matchAll(/`([a-z][a-z_.]*\.)\$\{/g)].map(([, begin = ""]) => begin))];
  return (key) => whole.has(key) || whole.has(key.replace(/_[01]$/, "")) || begun.some((begin) => key.startsWith(begin));
}

/** The code of each language that has a file, and its name in itself. */
export function namesIn(source: string): Readonly<Record<string, string>> {
  const codes = readdirSync(join(source, "words/languages")).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
  return Object.fromEntries(codes.sort().map((code) => [code, nameOf(code)]));
}

/** `story`: the folder of the page's own views. */
export function catalogueOf(source: string, story: string): Plugin {
  const folders = [...SHARED, join("stories", story)];
  let named: ((key: string) => boolean) | null = null;
  return {
    name: "puente-catalogue",
    enforce: "pre",
    config: () => ({ define: { __NAMES__: JSON.stringify(namesIn(source)) } }),
    transform: {
      filter: { id: LANGUAGE },
      handler(text) {
        named ??= namedIn(folders.flatMap((folder) => sources(join(source, folder))).concat(readFileSync(join(source, "words/text.ts"), "utf8")).join("\n"));
        const all = JSON.parse(text) as Readonly<Record<string, string>>;
        return { code: JSON.stringify(Object.fromEntries(Object.entries(all).filter(([key]) => named?.(key)))), map: null };
      },
    },
  };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(join(folder, name), "utf8"));
}
