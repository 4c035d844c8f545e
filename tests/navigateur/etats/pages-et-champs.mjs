import { attendre, bientot } from "../outils.mjs";

export default {
  titre: "les pages imprimées suivent ce que je tape, et un clic dans la page ouvre le champ",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    const pages = page.getByRole("complementary");
    const numero = pages.getByRole("textbox", { name: "Page", exact: true });
    await numero.waitFor({ timeout: 30000 });
    // A number that is typed leads to its page; what is no number leads nowhere.
    for (const [tape, la] of [["7", "7"], ["abc", "7"], ["1", "1"]]) {
      await numero.click();
      await page.keyboard.type(tape);
      await page.keyboard.press("Enter");
      await bientot(`la page après « ${tape} »`, () => numero.inputValue(), la);
    }
    // The focus of a field brings its page and frames it.
    await a.partie("Parties et signature");
    await page.getByRole("main").getByRole("navigation", { name: "Gestionnaires" }).getByRole("link").first().click();
    await bientot("le titre de l'élément ouvert a le foyer", () => page.evaluate(() => document.activeElement?.tagName), "H2");
    await a.champ("Nom").first().click();
    const dite = pages.getByText(/^Champ encadré, page \d+/);
    await dite.waitFor();
    const rang = Number(/page (\d+)/.exec(await dite.innerText())?.[1]) - 1;
    const feuille = pages.locator(`[data-page="${rang}"]`);
    /** The picture of that page, once it is there. */
    const image = () => feuille.locator("img").last().evaluate((i) => /** @type {HTMLImageElement} */ (i).naturalWidth > 0 && /** @type {HTMLImageElement} */ (i).src);
    const avant = await attendre("la page du champ n'est pas montrée", image);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Association du Grand Canyon");
    await page.keyboard.press("Tab");
    await a.dansLeFichier("le nom du gestionnaire", (c) => c.parties.gestionnaires[0].nom, "Association du Grand Canyon");
    await attendre("la page montrée ne change pas", async () => {
      const la = await image();
      return la && la !== avant;
    }, 20000);
    // From the page to the field: the value is a button over its picture.
    await a.partie("Reste à faire");
    await feuille.scrollIntoViewIfNeeded();
    await feuille.hover();
    const bouton = pages.getByRole("button", { name: /^Nom – Association du Grand Canyon/ }).first();
    await bouton.click();
    await bientot("le champ qui a le foyer", () => page.evaluate(() => /** @type {HTMLInputElement | null} */ (document.activeElement)?.value), "Association du Grand Canyon");
    // A click that comes before the buttons do is not lost.
    const place = await bouton.evaluate((b) => {
      const [page, ici] = [/** @type {Element} */ (b.closest(".page")).getBoundingClientRect(), b.getBoundingClientRect()];
      return { x: (ici.x + 5 - page.x) / page.width, y: (ici.y + ici.height / 2 - page.y) / page.height };
    });
    await a.partie("Reste à faire");
    await page.route(/\/pages\/.*\.json$/, async (r) => {
      await new Promise((f) => setTimeout(f, 600));
      await r.continue();
    });
    await page.reload();
    await numero.waitFor({ timeout: 30000 });
    await numero.fill(String(rang + 1));
    await numero.press("Enter");
    await attendre("la page n'est pas montrée après le rechargement", image);
    const [x, y] = await feuille.evaluate((el, { x, y }) => {
      const pages = /** @type {HTMLElement} */ (el.parentElement);
      pages.scrollTop = /** @type {HTMLElement} */ (el).offsetTop + y * el.clientHeight - pages.clientHeight / 2;
      const cadre = el.getBoundingClientRect();
      return [cadre.x + x * cadre.width, cadre.y + y * cadre.height];
    }, place);
    await page.mouse.click(x, y);
    await bientot("le champ qui a le foyer après un clic sans attendre", () => page.evaluate(() => /** @type {HTMLInputElement | null} */ (document.activeElement)?.value), "Association du Grand Canyon");
  },
};
