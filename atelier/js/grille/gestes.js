// Keyboard, selection, copy and paste of a grid: what each gesture does to which cells. The table itself is drawn elsewhere.
import { signal } from "@preact/signals";
import { annoncer, compte } from "../annonces.js";
import * as etat from "../etat.js";
import { defaire, refaire } from "../pas.js";
import { affichage, oublier, poserBloc, saisie, taper, valider } from "../saisies.js";
import { ecrireTsv, lireBloc } from "./coller.js";
import { colonnesVisees } from "./colonnes.js";

/** @typedef {import("../api.js").Grille} G */
/** @typedef {{l: number, c: number}} Place */
/** @typedef {{de: Place, a: Place}} Bloc */

/**
 * @param {() => G} grille
 * @param {(l: number, c: number) => void} viser brings a cell in view and gives it the focus
 * @param {(lignes: string[][], colonne: number) => boolean} surplus takes rows pasted beyond the last, if the grid can have more
 */
export function gestesDe(grille, viser, surplus) {
  const bloc = signal(/** @type {Bloc | null} */ (null));
  const tenue = signal(-1);
  /** The cell that a click has just entered: what it holds is chosen, so that what is typed replaces it, as in a spreadsheet. */
  let entree = /** @type {EventTarget | null} */ (null);

  /** @param {EventTarget | null} cible @returns {Place | null} */
  const placeDe = (cible) => {
    const td = cible instanceof Element ? cible.closest("[data-l]") : null;
    return td instanceof HTMLElement ? { l: Number(td.dataset.l), c: Number(td.dataset.c) } : null;
  };
  /** The path of a cell one may write in. @param {number} l @param {number} c */
  const chemin = (l, c) => {
    const g = grille();
    if (g.colonnes[c]?.somme) return null;
    const ch = g.lignes[l]?.cellules[c] ?? null;
    return ch && etat.feuille(ch).peek()?.so === undefined ? ch : null;
  };
  /** @param {Bloc} b */
  const bornes = (b) => ({ haut: Math.min(b.de.l, b.a.l), bas: Math.max(b.de.l, b.a.l), gauche: Math.min(b.de.c, b.a.c), droite: Math.max(b.de.c, b.a.c) });
  /** The block chosen, or the cell alone. @param {Place} p */
  const ici = (p) => bornes(bloc.peek() ?? { de: p, a: p });
  /** The next cell one may write in, that way. @param {Place} p @param {number} dl @param {number} dc @returns {Place | null} */
  const voisine = (p, dl, dc) => {
    const g = grille();
    let { l, c } = p;
    do {
      l += dl;
      c += dc;
      if (l < 0 || c < 0 || l >= g.lignes.length || c >= g.colonnes.length) return null;
    } while (!chemin(l, c));
    return { l, c };
  };
  /** @param {ReturnType<typeof bornes>} b */
  const dire = (b) => {
    const n = (b.bas - b.haut + 1) * (b.droite - b.gauche + 1);
    if (n > 1) annoncer(`${n} cellules choisies`);
  };

  /** @param {{chemin: string, texte: string}[]} cellules @param {string} verbe @param {string} [reste] what could not be done */
  const poser = async (cellules, verbe, reste = "") => {
    if (!cellules.length) {
      if (reste) annoncer(reste);
      return;
    }
    const n = compte(cellules.length, "cellule");
    const r = await poserBloc(cellules, `${verbe} ${n}`);
    const fait = verbe === "coller" ? "collée" : verbe === "vider" ? "vidée" : "recopiée";
    if ("refus" in r) {
      annoncer(r.refus.message);
      return;
    }
    const ecartes = r.delta.ecartes ?? [];
    const faites = cellules.length - ecartes.length;
    const non = ecartes.length
      ? `, ${ecartes.length} non ${ecartes.length > 1 ? "comprises" : "comprise"} : ${ecartes.slice(0, 4).map((e) => `« ${e.texte} »`).join(", ")}${ecartes.length > 4 ? "…" : ""}`
      : "";
    annoncer(`${compte(faites, "cellule")} ${faites > 1 ? `${fait}s` : fait}${non}.${reste ? ` ${reste}` : ""}`);
  };

  /** @param {Place} p @param {string[][]} lignes */
  const coller = (p, lignes) => {
    const g = grille();
    const b = ici(p);
    const seul = lignes.length === 1 && lignes[0].length === 1;
    // One value pasted on a block fills it.
    const haut = seul ? b.bas - b.haut + 1 : lignes.length;
    const large = seul ? b.droite - b.gauche + 1 : Math.max(...lignes.map((l) => l.length));
    const vers = seul ? Array.from({ length: large }, (_, j) => b.gauche + j) : colonnesVisees(g, b.gauche, lignes);
    const cellules = [];
    for (let i = 0; i < haut && b.haut + i < g.lignes.length; i++) {
      for (let j = 0; j < large; j++) {
        const ch = chemin(b.haut + i, vers[j]);
        const texte = seul ? lignes[0][0] : lignes[i][j];
        if (ch && texte !== undefined && texte !== affichage(ch).peek()) cellules.push({ chemin: ch, texte });
      }
    }
    const trop = [];
    const enPlus = seul ? 0 : b.haut + haut - g.lignes.length;
    if (b.haut + haut > g.lignes.length && !(enPlus > 0 && surplus(lignes.slice(-enPlus), b.gauche))) trop.push(compte(b.haut + haut - g.lignes.length, "ligne"));
    const dehors = vers.filter((c) => c >= g.colonnes.length).length;
    if (dehors) trop.push(compte(dehors, "colonne"));
    poser(cellules, "coller", trop.length ? `${trop.join(" et ")} de trop, sans place dans la grille : on ne les a pas collées.` : "");
    bloc.value = { de: { l: b.haut, c: b.gauche }, a: { l: Math.min(b.haut + haut, g.lignes.length) - 1, c: Math.min(Math.max(...vers), g.colonnes.length - 1) } };
  };

  /** @param {Place} p */
  const recopier = (p) => {
    const b = ici(p);
    const source = b.bas > b.haut ? b.haut : b.haut - 1;
    const cellules = [];
    for (let c = b.gauche; c <= b.droite; c++) {
      const de = chemin(source, c);
      if (!de) continue;
      const texte = affichage(de).peek();
      for (let l = source + 1; l <= b.bas; l++) {
        const ch = chemin(l, c);
        if (ch && affichage(ch).peek() !== texte) cellules.push({ chemin: ch, texte });
      }
    }
    poser(cellules, "recopier");
  };

  /** @param {Place} p */
  const vider = (p) => {
    const b = ici(p);
    const cellules = [];
    for (let l = b.haut; l <= b.bas; l++) {
      for (let c = b.gauche; c <= b.droite; c++) {
        const ch = chemin(l, c);
        if (ch && affichage(ch).peek()) cellules.push({ chemin: ch, texte: "" });
      }
    }
    poser(cellules, "vider");
  };

  /** @param {Place} p @param {number} dl @param {number} dc */
  const etendre = (p, dl, dc) => {
    const g = grille();
    const b = bloc.peek() ?? { de: p, a: p };
    const a = { l: Math.min(Math.max(b.a.l + dl, 0), g.lignes.length - 1), c: Math.min(Math.max(b.a.c + dc, 0), g.colonnes.length - 1) };
    bloc.value = { de: b.de, a };
    dire(bornes(bloc.peek() ?? b));
  };

  /** @param {KeyboardEvent} e */
  const onKeyDown = (e) => {
    const p = placeDe(e.target);
    const el = e.target;
    if (!p || !(el instanceof HTMLInputElement) || e.altKey) return;
    const ctrl = e.ctrlKey || e.metaKey;
    const tout = el.selectionStart === 0 && el.selectionEnd === el.value.length;
    const auDebut = tout || (el.selectionStart === 0 && el.selectionEnd === 0);
    const aLaFin = tout || (el.selectionStart === el.value.length && el.selectionEnd === el.value.length);
    /** @type {[number, number] | null} */
    const pas = e.key === "ArrowUp" ? [-1, 0] : e.key === "ArrowDown" ? [1, 0]
      : e.key === "ArrowLeft" && (auDebut || (e.shiftKey && bloc.peek())) ? [0, -1]
      : e.key === "ArrowRight" && (aLaFin || (e.shiftKey && bloc.peek())) ? [0, 1]
      : e.key === "Enter" ? [e.shiftKey ? -1 : 1, 0] : null;
    if (pas && !ctrl) {
      e.preventDefault();
      if (e.shiftKey && e.key !== "Enter") etendre(p, ...pas);
      else {
        const v = voisine(p, ...pas);
        if (v) viser(v.l, v.c);
        else if (e.key === "Enter") valider(chemin(p.l, p.c) ?? "");
      }
    } else if (ctrl && ["z", "y"].includes(e.key.toLowerCase()) && !saisie(chemin(p.l, p.c) ?? "").peek()) {
      // Nothing is being typed here: it is the last operation that one takes back.
      e.preventDefault();
      if (e.shiftKey || e.key.toLowerCase() === "y") refaire();
      else defaire();
    } else if (ctrl && e.key.toLowerCase() === "d") {
      e.preventDefault();
      recopier(p);
    } else if ((e.key === "Delete" || e.key === "Backspace") && bloc.peek()) {
      e.preventDefault();
      vider(p);
    } else if (e.key === "Escape") {
      const ch = chemin(p.l, p.c);
      if (bloc.peek()) bloc.value = null;
      else if (ch && saisie(ch).peek()) oublier(ch);
    }
  };

  return {
    bloc,
    tenue,
    bornes,
    chemin,
    ecouteurs: {
      onKeyDown,
      onInput: (/** @type {Event} */ e) => {
        const p = placeDe(e.target);
        const ch = p && chemin(p.l, p.c);
        if (ch) taper(ch, /** @type {HTMLInputElement} */ (e.target).value);
      },
      onFocusIn: (/** @type {FocusEvent} */ e) => {
        const p = placeDe(e.target);
        if (!p) return;
        tenue.value = p.l;
        bloc.value = null;
      },
      onFocusOut: (/** @type {FocusEvent} */ e) => {
        const p = placeDe(e.target);
        const ch = p && chemin(p.l, p.c);
        if (ch) valider(ch);
        if (!placeDe(e.relatedTarget)) tenue.value = -1;
        // Elsewhere in the page: the block is no longer what one works on.
        const cadre = e.currentTarget instanceof Element ? e.currentTarget : null;
        if (e.relatedTarget instanceof Node && !cadre?.contains(e.relatedTarget)) bloc.value = null;
      },
      onClick: (/** @type {MouseEvent} */ e) => {
        const el = e.target;
        if (el instanceof HTMLInputElement && el === entree && el.selectionStart === el.selectionEnd) el.select();
        entree = null;
      },
      onPointerDown: (/** @type {PointerEvent} */ e) => {
        entree = e.target === document.activeElement ? null : e.target;
        const p = placeDe(e.target);
        const d = placeDe(document.activeElement);
        if (!p || !e.shiftKey || !d) return;
        e.preventDefault();
        bloc.value = { de: d, a: p };
        dire(bornes({ de: d, a: p }));
      },
      onPointerOver: (/** @type {PointerEvent} */ e) => {
        if (!(e.buttons & 1) || e.shiftKey) return;
        const p = placeDe(e.target);
        const d = placeDe(document.activeElement);
        if (!p || !d) return;
        bloc.value = p.l === d.l && p.c === d.c ? null : { de: d, a: p };
      },
      onPaste: (/** @type {ClipboardEvent} */ e) => {
        const p = placeDe(e.target);
        if (!p || !e.clipboardData) return;
        const lignes = lireBloc(e.clipboardData);
        if (lignes.length === 1 && lignes[0].length === 1 && !bloc.peek()) return;
        e.preventDefault();
        coller(p, lignes);
      },
      onCopy: (/** @type {ClipboardEvent} */ e) => {
        const p = placeDe(e.target);
        if (!p || !bloc.peek() || !e.clipboardData) return;
        e.preventDefault();
        const b = ici(p);
        const lignes = [];
        for (let l = b.haut; l <= b.bas; l++) {
          const ligne = [];
          for (let c = b.gauche; c <= b.droite; c++) ligne.push(copie(chemin(l, c)));
          lignes.push(ligne);
        }
        e.clipboardData.setData("text/plain", ecrireTsv(lignes));
        annoncer(`${lignes.length * lignes[0].length} cellules copiées`);
      },
    },
  };
}

/** A number goes out as spreadsheets read it. @param {string | null} chemin */
function copie(chemin) {
  if (!chemin) return "";
  const v = saisie(chemin).peek() ? null : etat.feuille(chemin).peek()?.v;
  return typeof v === "number" ? String(v).replace(".", ",") : affichage(chemin).peek();
}
