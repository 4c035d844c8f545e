"""Pages compared as they are seen: a page of a PDF, and the same as cpom prints it in a dossier, both drawn by poppler.

Standard library alone. A difference is counted where a pixel of one page has no pixel of about its colour near it in
the other: what moves by a pixel is not one.
"""

import os
import re
import subprocess
import tempfile

# A4, and the margins of a page of a piece (templates/typst/dossier.typ), in points.
A4 = (595.276, 841.89)
MM = 72 / 25.4
GAUCHE, HAUT, BAS = 15 * MM, 24 * MM, 23 * MM
# The watermark of a draft is lighter than this, and lies under the pages of pieces.
BLANC = 228


class Image:
    """Three planes of colours, as rows of bytes."""

    def __init__(self, largeur, hauteur, octets):
        blanchir = bytes(n if n < BLANC else 255 for n in range(256))
        octets = octets.translate(blanchir)
        self.largeur, self.hauteur = largeur, hauteur
        pas = largeur * 3
        self.plans = [
            [octets[y * pas + c:(y + 1) * pas:3] for y in range(hauteur)] for c in range(3)
        ]

    def encre(self):
        """How many pixels are not white."""
        vert = self.plans[1]
        rouge, bleu = self.plans[0], self.plans[2]
        return sum(1 for y in range(self.hauteur) for r, v, b in zip(rouge[y], vert[y], bleu[y]) if min(r, v, b) < 255)


def dessiner(pdf, page, resolution, cadre=None):
    """A page drawn by poppler; `cadre` is what to keep of it, in pixels (x, y, width, height)."""
    options = ["-x", cadre[0], "-y", cadre[1], "-W", cadre[2], "-H", cadre[3]] if cadre else []
    commande = ["pdftoppm", "-r", f"{resolution:.4f}", "-f", page, "-l", page, *options, "-cropbox", pdf]
    sortie = subprocess.run([str(mot) for mot in commande], capture_output=True, timeout=120).stdout
    entete = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", sortie)
    if not entete:
        return None
    return Image(int(entete[1]), int(entete[2]), sortie[entete.end():])


def taille(pdf, page):
    """Width and height of a page as it is shown, in points."""
    sortie = subprocess.run(
        ["pdfinfo", "-f", str(page), "-l", str(page), "-box", pdf], capture_output=True, timeout=60
    ).stdout.decode("utf-8", "replace")
    boite = re.search(r"CropBox:\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)", sortie)
    tour = re.search(r"Page +\d+ rot: +(\d+)", sortie)
    if not boite:
        return None
    x0, y0, x1, y1 = (float(n) for n in boite.groups())
    largeur, hauteur = abs(x1 - x0), abs(y1 - y0)
    return (hauteur, largeur) if tour and int(tour[1]) % 180 else (largeur, hauteur)


def comparer(origine, page, imprime, page_imprimee, cote=240, proche=1, tolerance=48):
    """The page of a piece and its print → (pixels that differ, pixels of ink), or None when one cannot be drawn."""
    dimensions = taille(origine, page)
    if not dimensions or min(dimensions) <= 0:
        return None
    largeur, hauteur = dimensions
    resolution = 72 * cote / max(largeur, hauteur)
    a = dessiner(origine, page, resolution)
    if a is None:
        return None
    page_l, page_h = A4 if largeur <= hauteur else A4[::-1]
    place_l, place_h = page_l - 2 * GAUCHE, page_h - HAUT - BAS
    echelle = min(place_l / largeur, place_h / hauteur)
    # Poppler rounds the size of the page up: the print is drawn to the same number of pixels.
    resolution_b = resolution / echelle
    pixels = resolution_b / 72
    x = GAUCHE + (place_l - largeur * echelle) / 2
    y = HAUT + (place_h - hauteur * echelle) / 2
    b = dessiner(imprime, page_imprimee, resolution_b, (round(x * pixels), round(y * pixels), a.largeur, a.hauteur))
    if b is None:
        return None
    return ecart(a, b, proche, tolerance), max(a.encre(), b.encre())


def ecart(a, b, proche, tolerance):
    """How many pixels of each have none of about their colour near them in the other."""
    largeur, hauteur = min(a.largeur, b.largeur), min(a.hauteur, b.hauteur)
    differents = [bytearray(largeur) for _ in range(hauteur)]
    for un, autre in ((a, b), (b, a)):
        for c in range(3):
            bas, haut = voisinage(autre.plans[c], largeur, hauteur, proche)
            for y in range(hauteur):
                ligne = un.plans[c][y][:largeur]
                if ligne == autre.plans[c][y][:largeur]:
                    continue
                marques = differents[y]
                for x, (v, mini, maxi) in enumerate(zip(ligne, bas[y], haut[y])):
                    if v < mini - tolerance or v > maxi + tolerance:
                        marques[x] = 1
    return sum(sum(ligne) for ligne in differents)


def voisinage(plan, largeur, hauteur, proche):
    """The darkest and the lightest value around each pixel."""
    resultats = []
    for choisir in (min, max):
        lignes = []
        for y in range(hauteur):
            ligne = plan[y][:largeur]
            gauche = droite = ligne
            somme = ligne
            for _ in range(proche):
                gauche = gauche[:1] + gauche[:-1]
                droite = droite[1:] + droite[-1:]
                somme = bytes(map(choisir, somme, gauche, droite))
            lignes.append(somme)
        colonnes = []
        for y in range(hauteur):
            proches = lignes[max(0, y - proche):y + proche + 1]
            colonnes.append(bytes(map(choisir, *proches)) if len(proches) > 1 else proches[0])
        resultats.append(colonnes)
    return resultats


def pages_des_pieces(pdf, titres):
    """The first page of each piece: the one after the last that bears its title."""
    with tempfile.NamedTemporaryFile() as sortie:
        subprocess.run(["pdftotext", pdf, sortie.name], check=True, capture_output=True, timeout=300)
        pages = open(sortie.name, encoding="utf-8", errors="replace").read().split("\f")
    places = {}
    for rang, page in enumerate(pages):
        mots = set(page.split())
        for titre in titres:
            if titre in mots:
                places[titre] = rang + 2
    return places


def contrat(pieces):
    """A short draft with these pieces: (title, file)."""
    return {
        "version_schema": "1",
        "reference": "PIECES",
        "modele": {"id": "paca"},
        "parties": {
            "autorites": [{"id": "ars-paca", "type": "ars", "region": "93"}],
            "gestionnaires": [{"id": "essai", "nom": "Association d'essai"}],
        },
        "periode": {"debut": "2026-01-01", "duree_annees": 5},
        "signature": {"lieu": "Toulon", "date": "2025-12-01"},
        "perimetre": {"etablissements": [{"id": "ime-essai", "nom": "IME d'essai", "gestionnaire": "essai"}]},
        "objectifs": [{"id": "obj-essai", "titre": "Un objectif d'essai"}],
        "pieces": [
            {"annexe": "evaluation", "titre": titre, "fichier": os.path.basename(fichier), "date": "2025-01-01"}
            for titre, fichier in pieces
        ],
    }
