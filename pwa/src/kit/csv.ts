/** Rows as a file for spreadsheets. Which columns, what they are called and whether the file is marked as Unicode: whoever writes it. */

/** What a Spanish spreadsheet splits at, as the entity's own files are. */
const SEPARATOR = ";";
/** Where a spreadsheet would see a formula begin: a cell's start, also in one that splits at another sign than ours. */
const RUN_SIGNS = /^(?=[=+\-@\t\r])|(?<=[;,\t])(?=\s*[=+\-@])/g;

/** Every row ends its line. What a spreadsheet would run as a formula has an apostrophe before it (DOMAIN A25). */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(safe(cell))).join(SEPARATOR)}\r\n`).join("");
}

function safe(cell: string | number): string {
  return typeof cell === "string" ? cell.replace(RUN_SIGNS, "'") : String(cell);
}

function quoted(cell: string): string {
  return /[;,"\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
