/** A language's name in itself, as a browser knows it. A build asks once for all (tools/catalogue.ts): the first answer holds a phone up. */
export function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
