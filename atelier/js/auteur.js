// The name of who works here, asked once and remembered: for waivers and tracked changes.

const CLE = "cpom:auteur";
export const auteur = () => localStorage.getItem(CLE) ?? "";
/** @param {string} nom */
export const retenirAuteur = (nom) => localStorage.setItem(CLE, nom);
