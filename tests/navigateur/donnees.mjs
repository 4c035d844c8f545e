// What a drafter has in a spreadsheet: six establishments, their capacities, budgets and activity, as they are copied from it.

/** Name, FINESS as it is printed, category in words. */
export const SIX = [
  ["IME Les Mimosas", "13 004 001 7", "IME", "183", "130040017"],
  ["SESSAD Les Mimosas", "13 004 002 5", "SESSAD", "182", "130040025"],
  ["MAS L'Étoile", "13 004 003 3", "MAS", "255", "130040033"],
  ["ESAT Le Rocher", "13 004 004 1", "ESAT", "246", "130040041"],
  ["FAM La Source", "13 004 005 8", "EAM", "448", "130040058"],
  ["SAMSAH Du Port", "13 004 006 6", "SAMSAH", "445", "130040066"],
];

/** @param {(string | number)[][]} lignes as a spreadsheet gives them to other programs */
export const tsv = (lignes) => lignes.map((l) => l.join("\t")).join("\r\n") + "\r\n";

/** The same, as Excel also gives it: a table of a web page. @param {(string | number)[][]} lignes */
export const table = (lignes) =>
  `<html><body><!--StartFragment--><table border=0>${lignes.map((l) => `<tr height=20>${l.map((c) => `<td class=xl65 align=right>${c}</td>`).join("")}</tr>`).join("")}</table><!--EndFragment--></body></html>`;

/** The list of establishments, with its three columns. */
export const LISTE = tsv(SIX.map(([nom, finess, categorie]) => [nom, finess, categorie]));

/** « 361 200,00 € » with the thin spaces of spreadsheets. @param {number} n */
export const euros = (n) => `${n.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f").replace(".", ",")}\u00a0€`;

/** Six amounts a line: three groups of expenses, three of income; each line balances. */
export const BUDGETS = [
  [372000, 2294000, 434000, 3060000, 30000, 10000],
  [67200, 414400.5, 78400, 555000, 4000.5, 1000],
  [494400, 3048800, 576800, 4050000, 60000, 10000],
  [180000, 1110000, 210000, 1480000, 15000, 5000],
  [360000, 2220000, 420000, 2900000, 90000, 10000],
  [72000, 444000, 84000, 595000, 4000, 1000],
];
