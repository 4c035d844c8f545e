// What comes late must not take the focus from who has gone on meanwhile: a menu opened, another field clicked.

let dernier = -1;
/** @param {Event} e */
function partir(e) {
  // The button of a dialog ends what the dialog was opened for.
  if (!(e.target instanceof Element && e.target.closest("dialog"))) dernier = performance.now();
}
addEventListener("pointerdown", partir, true);

/**
 * To be asked for when a gesture begins, before any answer is waited for.
 * @returns {() => boolean} says, later, whether the user has not gone elsewhere since
 */
export function suivre() {
  const depuis = performance.now();
  return () => dernier <= depuis;
}
