import { chercher, foyer, ouvrir, tabJusqua } from "../clavier.mjs";
import { bientot } from "../outils.mjs";

export default {
  titre: "au clavier seul, je dis « sans objet » avec sa raison, puis je reviens dessus",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await ouvrir(a, "CPOM-2026-2030-MINIMAL");
    await chercher(a, "partenariats", /^Partenariats/);
    await bientot("le foyer est aux partenariats", () => page.evaluate(() => !!document.activeElement?.closest('[data-chemin="/perimetre/partenariats"]')), true);
    if (!/^Sans objet : Partenariats/.test(await foyer(page))) await tabJusqua(page, "Sans objet : Partenariats", { au_plus: 5 });
    await page.keyboard.press("Space");
    await bientot("le foyer passe au motif", () => foyer(page), "Motif (Partenariats sans objet) (obligatoire)");
    await page.keyboard.press("Enter");
    await page.keyboard.type("aucune convention à ce jour");
    await page.keyboard.press("Tab");
    await a.dansLeFichier("les partenariats", (c) => c.perimetre.partenariats, { non_applicable: "aucune convention à ce jour" });
    await tabJusqua(page, "Sans objet : Partenariats", { arriere: true, au_plus: 5 });
    await page.keyboard.press("Space");
    await a.dansLeFichier("les partenariats, une fois la case décochée", (c) => c.perimetre.partenariats ?? null, null);
  },
};
