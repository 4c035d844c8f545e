#!/usr/bin/env python3
"""Says whether a printed file has the words of the plain text: no more, no less.

    mots.py REFERENCE.txt PRINTED.txt pdf    # PRINTED comes from `pdftotext -raw`
    mots.py REFERENCE.txt PRINTED.txt docx   # PRINTED comes from LibreOffice's text export

REFERENCE is the output of `cpom generer --format texte`. Words are compared as a multiset: the two tools
that read the files choose their own order for what stands side by side (the order itself is tested in
`tests/`). Nothing may be missing. What a page has and the text has not must fit in a budget, which this
program computes: table of contents, running header, page numbers, table headers repeated on the next
page, watermark. Exit code 0 or 1.
"""

import difflib
import itertools
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

# Digits and letters apart, since readers may or may not cut "1er" before its superscript.
MOT = re.compile(r"\d+|[^\W\d_]+")
# A line that says something about the document instead of being printed.
TITRE_DE_PARTIE = re.compile(r"^=== .* ===$", re.MULTILINE)
ALTERNATIVE = re.compile(r"\[(?:image|pièce) : ([^\]]*)\]")
MARQUES = re.compile(r"\[(?:image : [^\]]*|pièce : [^\]]*|sommaire|saut de page|signature)\]")
REGLE_DE_TABLEAU = re.compile(r"^\W*---(?: \| ---)*$")
COUPURE = re.compile(r"[-\u2010]?\n")
NUMERO_DE_PAGE = re.compile(r"\bpage (\d+) / (\d+)$")
# A running header is looked for among the first lines of a page: the watermark may come before it.
LIGNES_DE_TETE = 12
MONTRES = 20
# The most pieces of one word: a narrow column cuts « établissement » in four.
MORCEAUX = 8


def lire(chemin):
    """The text of a file, without what only helps line breaking and with numbers in one piece."""
    texte = re.sub("[\u00ad\u200b\u2060\ufeff]", "", Path(chemin).read_text(encoding="utf-8-sig"))
    # pdftotext does not see the thin space of thousands: it is taken out everywhere.
    texte = re.sub(r"(?<=\d)\u202f(?=\d)", "", texte)
    return unicodedata.normalize("NFKC", texte)


def mots(texte):
    return MOT.findall(texte.casefold())


def reference(texte):
    """The words to find, then those of the headings, of the table headers and of the images' alternatives."""
    alternatives = Counter(mots(" ".join(ALTERNATIVE.findall(texte))))
    texte = MARQUES.sub(" ", TITRE_DE_PARTIE.sub("", texte))
    lignes = texte.splitlines()
    titres = [ligne for ligne in lignes if re.match(r"\s*#+ ", ligne)]
    entetes = [avant for avant, ligne in zip(lignes, lignes[1:]) if REGLE_DE_TABLEAU.match(ligne)]
    return mots(texte), Counter(mots("\n".join(titres))), Counter(mots("\n".join(entetes))), alternatives


def sans_lignes_courantes(pages):
    """The pages without the first lines that most of them share, nor the line that numbers them."""
    tetes = Counter(ligne for page in pages for ligne in set(page[:LIGNES_DE_TETE]))
    courantes = {ligne for ligne, fois in tetes.items() if len(pages) > 1 and 2 * fois > len(pages)}
    for page in pages:
        corps = list(itertools.dropwhile(courantes.__contains__, page))
        yield [
            ligne
            for rang, ligne in enumerate(corps)
            if not (rang >= len(corps) - 2 and NUMERO_DE_PAGE.search(ligne))
        ]


def imprime_pdf(texte):
    """The lines of a PDF without what every page repeats, and its number of pages."""
    pages = [[ligne.strip() for ligne in page.splitlines() if ligne.strip()] for page in texte.split("\f")]
    pages = [page for page in pages if page]
    return [ligne for page in sans_lignes_courantes(pages) for ligne in page], len(pages)


def recoller(lignes, attendus, imprimes):
    """The count of the printed words once those cut at the end of a line are whole again.

    A number may also be cut on one line, where the reader saw its thin spaces.
    """
    texte = "\n".join(lignes).casefold()
    suite = list(MOT.finditer(texte))
    compte = Counter(imprimes)
    for debut, premier in enumerate(suite):
        morceaux, trouves = [premier[0]], []
        for avant, suivant in zip(suite[debut:], suite[debut + 1 : debut + MORCEAUX]):
            entre = texte[avant.end() : suivant.start()]
            if not COUPURE.fullmatch(entre) and not (entre == " " and avant[0].isdigit() and suivant[0].isdigit()):
                break
            morceaux.append(suivant[0])
            # Pieces are what the text has not, or not so often; the whole is a word of the text.
            if "".join(morceaux) in attendus and all(
                compte[m] >= attendus[m] + n for m, n in Counter(morceaux).items()
            ):
                trouves.append(list(morceaux))
        # The longest, but first of all one that was missed; a number is put together only if it was.
        manquants = [m for m in trouves if compte["".join(m)] < attendus["".join(m)]]
        choix = manquants or [m for m in trouves if not m[0].isdigit()]
        if choix:
            compte.subtract(choix[-1])
            compte["".join(choix[-1])] += 1
    return +compte


def decouper(mot, pieces):
    """The given pieces that make up a word, or nothing."""
    if not mot:
        return []
    for fin in range(len(mot), 0, -1):
        if pieces[mot[:fin]] > 0:
            suite = decouper(mot[fin:], pieces - Counter([mot[:fin]]))
            if suite is not None:
                return [mot[:fin], *suite]
    return None


def rapprocher(manque, surplus, permis):
    """What stays missing and in excess, once words in pieces far apart are whole again.

    Other cells come between the two ends of a word when its cell goes on to the next page.
    """
    reste = surplus - permis
    for mot in [*manque.elements(), *(permis - surplus).elements()]:
        # One end may look like a word of the budget (« gestion-naires »): the other must be in excess.
        morceaux = decouper(mot, reste) or decouper(mot, +surplus)
        if morceaux and any(reste[m] > 0 for m in morceaux):
            reste.subtract(morceaux)
            surplus.subtract(morceaux)
            manque.subtract([mot])
    return +manque, +reste


def budget(genre, titres, entetes, alternatives, pages):
    """What a page may say more than the text, at most, and why."""
    permis = titres.copy()  # the table of contents names each heading once
    if genre == "pdf":
        for mot, fois in entetes.items():
            permis[mot] += fois * pages  # a table header comes back on each page of its table
        permis.update({lettre: pages for lettre in "projet"})  # the watermark, read letter by letter
        permis["projet"] += 2 * pages  # or as a word, and in the running header
    else:
        permis.update(alternatives)  # LibreOffice writes the alternative text of a drawing
    return permis


def contexte(attendus, imprimes):
    """The first passages where the two texts part, for the eye."""
    operations = difflib.SequenceMatcher(None, attendus, imprimes).get_opcodes()
    for nature, a, b, c, d in [o for o in operations if o[0] != "equal"][:MONTRES]:
        avant = " ".join(attendus[max(0, a - 5) : a])
        yield f"  … {avant} [-{' '.join(attendus[a:b][:25])}-]{{+{' '.join(imprimes[c:d][:25])}+}}"


def enumerer(compte):
    noms = [f"{mot} ×{fois}" if fois > 1 else mot for mot, fois in sorted(compte.items())]
    return ", ".join(noms[:60]) + (f", … ({len(noms)} words)" if len(noms) > 60 else "")


def comparer(fichier_reference, fichier_imprime, genre):
    attendus, titres, entetes, alternatives = reference(lire(fichier_reference))
    if genre == "pdf":
        lignes, pages = imprime_pdf(lire(fichier_imprime))
    else:
        lignes, pages = lire(fichier_imprime).splitlines(), 0
    imprimes = mots("\n".join(lignes))
    compte = recoller(lignes, Counter(attendus), imprimes)
    manque = Counter(attendus) - compte
    surplus = compte - Counter(attendus)
    permis = budget(genre, titres, entetes, alternatives, pages)
    manque, surplus = rapprocher(manque, surplus, permis)
    # The table of contents gives a page number for each heading.
    numeros = sum(fois for mot, fois in surplus.items() if mot.isdigit() and int(mot) <= max(pages, 1))
    if numeros <= sum(titres.values()):
        surplus = Counter({m: n for m, n in surplus.items() if not (m.isdigit() and int(m) <= max(pages, 1))})
    nom = Path(fichier_imprime).name.removesuffix(".txt") + f".{genre}"
    if not attendus:
        print(f"{nom}: the reference has no words")
        return 1
    if not manque and not surplus:
        print(f"{nom}: the {len(attendus)} words of the text" + (f", {pages} pages" if pages else ""))
        return 0
    print(f"{nom}: not the words of {Path(fichier_reference).name}")
    if manque:
        print(f"  missing: {enumerer(manque)}")
    if surplus:
        print(f"  in excess: {enumerer(surplus)}")
    print("  where they part ([-expected-]{+printed+}; repeated headers show here too):")
    for ligne in contexte(attendus, imprimes):
        print(ligne)
    return 1


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in ("pdf", "docx"):
        sys.exit(__doc__)
    sys.exit(comparer(*sys.argv[1:]))
