// From what the clipboard holds (a table of Excel or LibreOffice, or lines with tabs) to rows of words; and back.

/** @param {DataTransfer} presse @returns {string[][]} */
export function lireBloc(presse) {
  const html = presse.getData("text/html");
  if (/<table[\s>]/i.test(html)) {
    const lignes = lireTable(html);
    if (lignes.length) return lignes;
  }
  return lireTsv(presse.getData("text/plain"));
}

/** @param {string} html @returns {string[][]} */
function lireTable(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return [];
  return [...table.rows].map((tr) =>
    [...tr.cells].flatMap((td) => [
      (td.textContent ?? "").replace(/[^\S\u00a0\u202f]+/g, " ").trim(),
      ...Array.from({ length: Math.max(0, td.colSpan - 1) }, () => ""),
    ]),
  );
}

/** Tabs and ends of line; a cell between quotes may hold both. @param {string} texte @returns {string[][]} */
export function lireTsv(texte) {
  /** @type {string[][]} */
  const lignes = [[]];
  let cellule = "";
  let entre = false;
  for (let i = 0; i < texte.length; i++) {
    const c = texte[i];
    if (entre) {
      if (c !== '"') cellule += c;
      else if (texte[i + 1] === '"') cellule += texte[++i];
      else entre = false;
    } else if (c === '"' && !cellule) entre = true;
    else if (c === "\t" || c === "\n") {
      lignes[lignes.length - 1].push(cellule.trim());
      cellule = "";
      if (c === "\n") lignes.push([]);
    } else if (c !== "\r") cellule += c;
  }
  lignes[lignes.length - 1].push(cellule.trim());
  // Spreadsheets end with an end of line that is not a row.
  const fin = lignes[lignes.length - 1];
  if (lignes.length > 1 && fin.length === 1 && !fin[0]) lignes.pop();
  return lignes;
}

/** @param {string[][]} lignes */
export const ecrireTsv = (lignes) =>
  lignes.map((l) => l.map((t) => (/[\t\n"]/.test(t) ? `"${t.replace(/"/g, '""')}"` : t)).join("\t")).join("\n");
