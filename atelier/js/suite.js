// What happens elsewhere (other tabs, files, pages drawn), heard as it comes; finds the server again when it is back.
import { signal } from "@preact/signals";
import * as api from "./requetes.js";
import * as etat from "./etat.js";
import { arrete } from "./file.js";

/** Pages as the server last drew them. */
export const pages = signal(/** @type {import("./api.js").ListeDePages | null} */ (null));

/** Listens until the function it gives is called. @param {string} id */
export function ecouter(id) {
  let fini = false;
  /** @type {EventSource | null} */
  let source = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reprise;
  let attente = 1000;

  const ouvrir = () => {
    if (fini) return;
    source = new EventSource(api.adresseSuite(id, etat.n.peek()));
    source.onopen = () => {
      attente = 1000;
      arrete.value = false;
    };
    source.addEventListener("delta", (e) => {
      /** @type {import("./api.js").Delta} */
      const d = JSON.parse(e.data);
      // One was missed: the whole state is asked again.
      if (d.n > etat.n.peek() + 1) relire();
      else etat.appliquer(d);
    });
    source.addEventListener("pages", (e) => (pages.value = JSON.parse(e.data)));
    source.onerror = () => {
      source?.close();
      reprise = setTimeout(retrouver, attente);
    };
  };
  // A stream may end without the server being gone: it is asked for the state, which also makes up for what was missed.
  const retrouver = async () => {
    if (fini) return;
    attente = Math.min(attente * 2, 15000);
    try {
      const v = await api.valeurs(id);
      if (fini) return;
      arrete.value = false;
      if (v.n !== etat.n.peek()) etat.peupler(v);
      ouvrir();
    } catch (e) {
      if (e instanceof api.Injoignable) arrete.value = true;
      reprise = setTimeout(retrouver, Math.min(attente, 3000));
    }
  };
  const relire = async () => {
    const v = await api.valeurs(id).catch(() => null);
    if (v && !fini) etat.peupler(v);
  };
  ouvrir();
  return () => {
    fini = true;
    clearTimeout(reprise);
    source?.close();
  };
}
