// A file that the server made, saved by the browser under its name.

/** @param {{nom: string, contenu: Blob}} fichier */
export function enregistrer({ nom, contenu }) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(contenu);
  a.download = nom;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60000);
}
