/** Rows as a file for spreadsheets. Which columns, what they are called and whether the file is marked as Unicode: whoever writes it. */

/** How a cell begins that a spreadsheet would run as a formula. */
const RUN_SIGNS = "=+-@\t\r";

/** Every row ends its line. Cells that a spreadsheet would run as a formula begin with an apostrophe (DOMAIN A25). */
export function csvText(rows: readonly (readonly (string | number)[])[], separator: "," | ";"): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(safe(cell), separator)).join(separator)}\r\n`).join("");
}

function safe(cell: string | number): string {
  return typeof cell === "string" && cell !== "" && RUN_SIGNS.includes(cell.charAt(0)) ? `'${cell}` : String(cell);
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
