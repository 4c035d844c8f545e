// What comes late must not take the focus from who has gone on meanwhile: a menu opened, another field clicked.

let dernier = -1;
/** @param {Event} e */
function partir(e) {
  // The button of a dialog ends what the dialog was opened for.
  if (!(e.target instanceof Element && e.target.closest("dialog"))) dernier = maintenant();
}
addEventListener("pointerdown", partir, true);

/** To be noted when a gesture begins, before any answer is waited for. */
export const maintenant = () => performance.now();

/** Whether the user has not gone elsewhere since a gesture. @param {number} depuis when it began */
export const encoreLa = (depuis) => dernier <= depuis;
