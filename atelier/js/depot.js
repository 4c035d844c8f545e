// Files dropped on the page: the place under the pointer takes them, else the view; the browser never opens them instead.

/** @type {((fichiers: File[]) => void) | null} */
let preneur = null;

/** What the view does with files dropped beside any field; gives what stops that. @param {(fichiers: File[]) => void} f */
export function surDepot(f) {
  preneur = f;
  return () => {
    if (preneur === f) preneur = null;
  };
}

/** @param {DragEvent} e */
export const porteDesFichiers = (e) => !!e.dataTransfer?.types.includes("Files");

/** Handlers of a place that takes one file. @param {(fichier: File) => void} prendre */
export const zoneDeDepot = (prendre) => ({
  onDragOver: (/** @type {DragEvent} */ e) => {
    if (!porteDesFichiers(e)) return;
    e.preventDefault();
    /** @type {HTMLElement} */ (e.currentTarget).classList.add("survol");
  },
  onDragLeave: (/** @type {DragEvent} */ e) => /** @type {HTMLElement} */ (e.currentTarget).classList.remove("survol"),
  onDrop: (/** @type {DragEvent} */ e) => {
    /** @type {HTMLElement} */ (e.currentTarget).classList.remove("survol");
    const fichier = e.dataTransfer?.files[0];
    if (!fichier) return;
    e.preventDefault();
    e.stopPropagation();
    prendre(fichier);
  },
});

export function poserDepot() {
  addEventListener("dragover", (e) => porteDesFichiers(e) && e.preventDefault());
  addEventListener("drop", (e) => {
    if (!porteDesFichiers(e)) return;
    e.preventDefault();
    const fichiers = [...(e.dataTransfer?.files ?? [])];
    if (fichiers.length) preneur?.(fichiers);
  });
}
