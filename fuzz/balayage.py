#!/usr/bin/env python3
"""Gives the files of others to cpom, one at a time, and says what becomes of each. Not run by the gate.

    balayage.py CPOM [--delai S] [--pages N] [--journal FILE.tsv] [--reprise] FOLDER_OR_FILE…

PDFs and pictures are pieces of a short draft; Word files are house styles (`--gabarit`), then edited files to take
back (`reprendre`). What is accepted of a PDF is compared with what poppler draws of it, on its first N pages. The
table at the end counts what was accepted, refused (by reason), stopped by a fault, and what differs without a word;
the journal has one line for each file. Standard library and poppler alone.
"""

import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".ci"))
from planches import comparer, contrat, pages_des_pieces  # noqa: E402

PIECES = {".pdf", ".png", ".jpg", ".jpeg"}
WORD = {".docx", ".docm", ".dotx"}
# Pixels that differ: as a part of the ink, and in any case.
SEUIL, TOLERES = 0.03, 60
# The longest side of a page as it is compared, and how far a colour may be: poppler draws the letters of a font
# thinner than their outlines, which is what cpom prints.
COTE, TOLERANCE = 520, 130
TITRE = "PIECE000E"


def lancer(commande, dossier, delai):
    """Runs cpom: its exit code (or « délai »), what it says, how long it took."""
    debut = time.monotonic()
    try:
        fait = subprocess.run(commande, cwd=dossier, capture_output=True, timeout=delai)
    except subprocess.TimeoutExpired:
        return "délai", "", delai
    dit = fait.stdout.decode("utf-8", "replace") + fait.stderr.decode("utf-8", "replace")
    return fait.returncode, dit, time.monotonic() - debut


def verdict(code, dit):
    """What became of a file, apart from what was asked of it."""
    if code == "délai":
        return "délai", ""
    if code == 70:
        return "code 70", " ".join(dit.split())[-200:]
    if code not in (0, 1, 2, 3):
        return "arrêt", f"code {code} : " + " ".join(dit.split())[-200:]
    return None, ""


def piece(cpom, fichier, delai, pages):
    """A piece: refused by name, or printed as it is drawn by another program."""
    with tempfile.TemporaryDirectory() as dossier:
        nom = "piece" + os.path.splitext(fichier)[1].lower()
        with open(fichier, "rb") as source, open(os.path.join(dossier, nom), "wb") as copie:
            copie.write(source.read())
        with open(os.path.join(dossier, "c.json"), "w", encoding="utf-8") as sortie:
            json.dump(contrat([(TITRE, nom)]), sortie)
        commande = [cpom, "generer", "c.json", "--etat", "projet", "--format", "pdf", "--sortie", "o"]
        code, dit, duree = lancer(commande, dossier, delai)
        sort, detail = verdict(code, dit)
        if sort:
            return sort, detail, duree
        refus = next((ligne for ligne in dit.splitlines() if "ANX-003" in ligne), None)
        if refus:
            return "refusé", re.sub(r"^.*?ANX-003\S*\s*", "", refus).strip(), duree
        imprime = os.path.join(dossier, "o", "PIECES.pdf")
        if not os.path.exists(imprime):
            return "arrêt", "rien n'est imprimé : " + " ".join(dit.split())[-200:], duree
        if not nom.endswith(".pdf"):
            return "accepté", "", duree
        place = pages_des_pieces(imprime, [TITRE]).get(TITRE)
        differences = []
        for page in range(pages):
            mesure = comparer(fichier, page + 1, imprime, place + page, cote=COTE, proche=2, tolerance=TOLERANCE) if place else None
            if mesure is None:
                break
            ecart, encre = mesure
            if ecart > max(TOLERES, SEUIL * encre):
                differences.append(f"page {page + 1} : {ecart} sur {encre}")
        return ("différent", " ; ".join(differences), duree) if differences else ("accepté", "", duree)


def word(cpom, fichier, delai):
    """A Word file: as a house style, then as an edited dossier."""
    with tempfile.TemporaryDirectory() as dossier:
        with open(os.path.join(dossier, "c.json"), "w", encoding="utf-8") as sortie:
            json.dump(contrat([]), sortie)
        with open(fichier, "rb") as source, open(os.path.join(dossier, "w.docx"), "wb") as copie:
            copie.write(source.read())
        sorts, duree = [], 0
        for commande in (
            ["generer", "c.json", "--etat", "projet", "--format", "docx", "--gabarit", "w.docx", "--sortie", "o"],
            ["reprendre", "w.docx", "--contrat", "c.json"],
        ):
            code, dit, temps = lancer([cpom, *commande], dossier, delai)
            duree += temps
            sort, detail = verdict(code, dit)
            if sort:
                return sort, f"{commande[0]} : {detail}", duree
            sorts.append("accepté" if code == 0 else f"{commande[0]} : {' '.join(dit.split())[:90]}")
        return ("accepté", "", duree) if sorts == ["accepté", "accepté"] else ("refusé", sorts[0], duree)


def raison(detail):
    """The reason of a refusal, without what names one file."""
    detail = re.sub(r"^.*?: ", "", re.sub(r"^[^«]*« [^»]* »[^:;,]*", "", detail))
    return re.sub(r"\s+", " ", re.sub(r"\d+", "N", re.sub(r"« [^»]* »", "« … »", detail)))[:90]


def fichiers(chemins):
    for chemin in chemins:
        if os.path.isfile(chemin):
            yield chemin
        for racine, _, noms in sorted(os.walk(chemin)):
            for nom in sorted(noms):
                if os.path.splitext(nom)[1].lower() in PIECES | WORD:
                    yield os.path.join(racine, nom)


def main():
    arguments, options = [], {"--delai": "120", "--pages": "3", "--journal": "balayage.tsv"}
    mots, reprise = iter(sys.argv[1:]), False
    for mot in mots:
        if mot in options:
            options[mot] = next(mots)
        elif mot == "--reprise":
            reprise = True
        else:
            arguments.append(mot)
    cpom, chemins = os.path.abspath(arguments[0]), arguments[1:]
    delai, pages = int(options["--delai"]), int(options["--pages"])
    vus = {}
    if reprise and os.path.exists(options["--journal"]):
        with open(options["--journal"], encoding="utf-8") as journal:
            vus = {ligne.split("\t")[0]: ligne.rstrip("\n").split("\t")[1:] for ligne in journal}
    with open(options["--journal"], "a" if reprise else "w", encoding="utf-8") as journal:
        for fichier in fichiers(chemins):
            if fichier in vus:
                continue
            genre = os.path.splitext(fichier)[1].lower()
            sort, detail, duree = word(cpom, fichier, delai) if genre in WORD else piece(cpom, fichier, delai, pages)
            ligne = [sort, f"{duree:.1f}", re.sub(r"\s+", " ", detail)]
            vus[fichier] = ligne
            journal.write("\t".join([fichier, *ligne]) + "\n")
            journal.flush()
    resumer(vus)


def resumer(vus):
    sorts = collections.Counter(ligne[0] for ligne in vus.values())
    print(f"{len(vus)} files: " + ", ".join(f"{n} {sort}" for sort, n in sorts.most_common()))
    print(f"slowest: {max((float(ligne[1]) for ligne in vus.values()), default=0):.1f} s")
    for titre, n in collections.Counter(raison(l[2]) for l in vus.values() if l[0] == "refusé").most_common():
        print(f"  refused  {n:5}  {titre}")
    for fichier, (sort, duree, detail) in sorted(vus.items()):
        if sort not in ("accepté", "refusé"):
            print(f"  {sort}  {duree} s  {fichier}  {detail}")


if __name__ == "__main__":
    main()
