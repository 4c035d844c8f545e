#!/usr/bin/env python3
"""Pieces drawn by cpom and by poppler, one small PDF for each kind of thing that a page may hold.

    pieces.py CPOM [--garder DOSSIER] [KIND…]

Writes the PDFs, has cpom print one draft with all of them, and compares each printed page with what poppler draws of
the file. A kind is drawn right (the pixels that differ are under its threshold) or refused by name, as its line says:
anything else fails. Standard library and poppler alone.
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

from planches import comparer, contrat, pages_des_pieces

# Most pixels that differ, as a part of the pixels of ink, and in any case.
SEUIL, TOLERES = 0.02, 12
PAGE = (200, 200)
HELV = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


class Pdf:
    """A PDF written object by object."""

    def __init__(self, version="1.7"):
        self.version, self.objets = version, [None, None]  # the catalogue, the tree of pages

    def ajouter(self, dict_, flux=None):
        self.objets.append((dict_, flux))
        return len(self.objets)

    def flux(self, octets, extra=""):
        octets = octets.encode("latin-1") if isinstance(octets, str) else octets
        return self.ajouter(f"<<{extra}/Length {len(octets)}>>", octets)

    def forme(self, contenu, boite="0 0 200 200", ressources="", extra=""):
        return self.flux(contenu, f"/Type/XObject/Subtype/Form/BBox[{boite}]/Resources<<{ressources}>>{extra}")

    def octets(self, pages, catalogue="", arbre=""):
        self.objets[0] = (f"<</Type/Catalog/Pages 2 0 R{catalogue}>>", None)
        enfants = " ".join(f"{page} 0 R" for page in pages)
        self.objets[1] = (f"<</Type/Pages/Kids[{enfants}]/Count {len(pages)}{arbre}>>", None)
        sortie = bytearray(f"%PDF-{self.version}\n".encode())
        places = []
        for numero, (dict_, flux) in enumerate(self.objets, 1):
            places.append(len(sortie))
            sortie += f"{numero} 0 obj\n{dict_}\n".encode("latin-1")
            if flux is not None:
                sortie += b"stream\n" + flux + b"\nendstream\n"
            sortie += b"endobj\n"
        debut = len(sortie)
        sortie += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        sortie += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        sortie += f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{debut}\n%%EOF\n".encode()
        return bytes(sortie)

    def page(self, contenu, ressources="", extra="", boite=f"0 0 {PAGE[0]} {PAGE[1]}"):
        contenu = self.flux(contenu)
        return self.ajouter(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{boite}]/Contents {contenu} 0 R"
            f"/Resources<</Font<</F1 {HELV}>>{ressources}>>{extra}>>"
        )


def simple(contenu, ressources="", extra="", boite=f"0 0 {PAGE[0]} {PAGE[1]}"):
    """One page of content, without other objects."""
    def ecrire():
        pdf = Pdf()
        return pdf.octets([pdf.page(contenu, ressources, extra, boite)])
    return ecrire


def avec(construire, catalogue=""):
    """A page built along with the objects that it needs: construire(pdf) → (content, resources[, extra])."""
    def ecrire():
        pdf = Pdf()
        contenu, ressources, *reste = construire(pdf)
        return pdf.octets([pdf.page(contenu, ressources, *reste)], catalogue)
    return ecrire


KINDS = {}


def kind(nom, ecrire, attendu="dessinée", proche=1, tolerance=48, seuil=SEUIL, comme=None):
    """One kind of thing: what writes its PDF, what is expected of cpom, how close to poppler's drawing of it (or of another)."""
    KINDS[nom] = (ecrire, attendu, proche, tolerance, seuil, comme or nom)


# --- lines ------------------------------------------------------------------------------------------------

TABLEAU = "".join(f"20 {y} m 180 {y} l S " for y in range(20, 190, 30)) + "20 20 m 20 170 l S 180 20 m 180 170 l S "
kind("filets-nuls", simple("0 w " + TABLEAU), proche=2, tolerance=150)
kind("filets-nuls-a-l-echelle", simple("q .01 0 0 .01 0 0 cm 0 w 2000 5000 m 18000 5000 l S 0 w 2000 9000 14000 6000 re S Q"), proche=2, tolerance=150)
kind("filets-nuls-etires", simple("q 4 0 0 .2 0 0 cm 0 w 5 200 m 45 900 l S Q"), proche=2, tolerance=150)
kind("rectangle-sans-hauteur", simple("20 100 160 0 re f 20 60 0 30 re f"), proche=2, tolerance=235)
kind("traits-etires", simple("q 4 0 0 1 0 0 cm 6 w 10 40 m 40 40 l 40 160 l S Q"))
kind("tirets", simple("4 w [12 6] 0 d 20 30 m 180 30 l S [12 6 2] 5 d 20 60 m 180 60 l S [8] 0 d 20 90 m 180 150 l S"))
kind("tirets-de-points", simple("8 w 1 J [0 14] 0 d 20 50 m 180 50 l S 20 100 m 180 150 l S"))
kind("tirets-a-l-echelle", simple("q 20 0 0 20 0 0 cm .2 w [.6 .3] 0 d 1 2 m 9 2 l S 1 5 m 9 8 l S Q"))
kind("bouts-et-joints", simple("14 w 0 J 30 30 m 90 30 l S 1 J 30 70 m 90 70 l S 2 J 30 110 m 90 110 l S 0 j 120 30 m 150 90 l 180 30 l S 1 j 120 100 m 150 150 l 180 100 l S"))
kind("pointes", simple("8 w 10 M 30 60 m 100 70 l 30 80 l S 1.1 M 30 130 m 100 140 l 30 150 l S"))
kind("points-ronds", simple("16 w 1 J 50 50 m 50 50 l S 100 50 m 100 50 l S"))
# The length that the library gives them is lost at a small scale.
kind("points-ronds-petits", simple("q .02 0 0 .02 0 0 cm 800 w 1 J " + "".join(f"{x}.337 {y}.771 m {x}.337 {y}.771 l S " for x in range(1000, 9500, 1300) for y in range(1000, 9500, 1300)) + "Q"))
kind("points-ronds-etires", simple("q .04 0 0 .02 0 0 cm 400 w 1 J 1000 2000 m 1000 2000 l S 3000 6000 m 3000 6000 3000 6000 3000 6000 c S Q"))
kind("points-ronds-fermes", simple("16 w 1 J 50 50 m 50 50 l h S 100 50 m 100 50 l 100 50 l h S"), comme="points-ronds")
kind("points-ronds-sans-trait", simple("16 w 1 J 50 50 m h S"), "refusée")
kind("points-carres", simple("16 w 0 J 50 50 m 50 50 l S 100 50 m h S 20 100 80 60 re f"))
kind("traits-etires-et-grands", simple("q 60000 0 0 30000 0 0 cm .0001 w .0003 .001 m .0013 .001 l .00131 .0055 l S .0021 .001 m .00213 .0041 l S Q"))
kind("courbes", simple("3 w 20 20 m 20 180 180 180 180 20 c S 40 20 m 100 120 160 20 v S 40 180 m 100 90 160 180 y S"))
kind("pair-impair", simple("100 20 m 150 180 l 20 80 l 180 80 l 50 180 l h f* "))

# --- clips ------------------------------------------------------------------------------------------------

kind("decoupe", simple("q 100 20 m 180 180 l 20 180 l h W n 0 0 1 rg 0 0 200 100 re f 1 0 0 rg 0 100 200 100 re f Q 0 g 10 10 20 20 re f"))
kind("decoupes-emboitees", simple("q 20 20 160 160 re W n q 100 20 m 180 180 l 20 180 l h W* n q 60 60 80 200 re W n 0 .6 0 rg 0 0 200 200 re f Q 1 0 0 rg 0 0 200 40 re f Q 0 0 1 rg 0 170 200 30 re f Q"))
kind("decoupe-et-peint", simple("q 40 40 100 100 re W f 1 0 0 rg 0 0 200 200 re f Q"), "refusée")
# A clip that is asked for without a path: poppler takes the next path, even out of the drawing that asked.
kind("decoupe-en-suspens", avec(lambda pdf: ("/X Do 20 20 60 60 re f 1 0 0 rg 100 20 60 60 re f", "/XObject<</X %d 0 R>>" % pdf.forme("0 0 1 rg 20 120 60 60 re f W"))), comme="decoupe-sans-suite")
kind("decoupe-sans-suite", avec(lambda pdf: ("/X Do 20 20 60 60 re f 1 0 0 rg 100 20 60 60 re f", "/XObject<</X %d 0 R>>" % pdf.forme("0 0 1 rg 20 120 60 60 re f"))))
kind("decoupe-en-suspens-reprise", avec(lambda pdf: ("/X Do 20 20 60 60 re n 1 0 0 rg 100 20 60 60 re f", "/XObject<</X %d 0 R>>" % pdf.forme("0 0 1 rg 20 120 60 60 re f W"))), "refusée")
kind("decoupe-sans-trace", simple("W n 20 20 60 60 re n 1 0 0 rg 100 20 60 60 re f"), "refusée")
# Poppler draws nothing more of a page after the Q that is too many; others go on.
kind("q-juste", simple("q 0 0 1 rg 20 20 60 60 re f Q 100 20 60 60 re f 20 120 60 60 re f"))
kind("q-en-trop-sans-effet", avec(lambda pdf: ("q 0 0 1 rg 20 20 60 60 re f Q Q 100 20 60 60 re f /X Do", "/XObject<</X %d 0 R>>" % pdf.forme("20 120 60 60 re f Q"))), comme="q-juste")
kind("q-en-trop", simple(".5 0 0 .5 0 0 cm 1 0 0 rg Q 20 20 60 60 re f"), "refusée")
kind("q-en-trop-dans-un-dessin", avec(lambda pdf: ("q .5 0 0 .5 0 0 cm /X Do 100 20 60 60 re f Q", "/XObject<</X %d 0 R>>" % pdf.forme("20 120 60 60 re f Q Q"))), "refusée")
kind("decoupe-vide", simple("q 0 0 0 0 re W n 0 0 200 200 re f Q 20 20 50 50 re f"))

# --- text -------------------------------------------------------------------------------------------------

# Poppler takes the fonts of the machine for those that are not in the file: the letters are alike, not the same.
SEMBLABLE = {"proche": 4, "tolerance": 100}


def modes(mode):
    return simple(f"1 0 0 RG 0 0 1 rg 2 w BT /F1 60 Tf {mode} Tr 20 120 Td (Abc) Tj ET")


for mode in range(4):
    kind(f"texte-mode-{mode}", modes(mode), **SEMBLABLE)
for mode in range(4, 8):
    kind(f"texte-mode-{mode}", simple(f"q 1 0 0 RG 0 0 1 rg 2 w BT /F1 70 Tf {mode} Tr 15 100 Td (Abc) Tj ET 0 .7 0 rg 0 110 200 20 re f Q 0 g 10 10 30 30 re f"), **SEMBLABLE)
kind("texte-reglages", simple("BT /F1 20 Tf 10 170 Td 5 Tc (abc) Tj 0 Tc 60 Tz (etroit) Tj 100 Tz 0 -40 Td 20 Tw (a b c) Tj 0 Tw 8 Ts (haut) Tj 0 Ts 25 TL T* [(ser) 200 (re) -500 (loin)] TJ (suite) ' 3 2 (encore) \" ET"))
kind("texte-incline", simple("BT /F1 24 Tf .8 .6 -.6 .8 60 30 Tm (Penche) Tj ET"))
kind("texte-fin-de-trait", simple("0 w 1 Tr BT /F1 60 Tf 20 100 Td (Abc) Tj ET"), proche=2, tolerance=150)


def polices(*descriptions, contenu=None):
    ressources = "/Font<<" + "".join(f"/P{n} {d}" for n, d in enumerate(descriptions)) + ">>"
    lignes = "".join(f"BT /P{n} 22 Tf 8 {165 - 28 * n} Td (Mot : 125 \\200) Tj ET " for n in range(len(descriptions)))
    pdf_contenu = contenu or lignes
    def ecrire():
        pdf = Pdf()
        flux = pdf.flux(pdf_contenu)
        page = pdf.ajouter(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {flux} 0 R/Resources<<{ressources}>>>>")
        return pdf.octets([page])
    return ecrire


def type1(nom, codage="/Encoding/WinAnsiEncoding", extra=""):
    return f"<</Type/Font/Subtype/Type1/BaseFont/{nom}{codage}{extra}>>"


def truetype(nom, codage="/Encoding/WinAnsiEncoding", drapeaux=32, largeur=560):
    largeurs = " ".join([str(largeur)] * 224)
    return (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{nom}{codage}/FirstChar 32/LastChar 255/Widths[{largeurs}]"
        f"/FontDescriptor<</Type/FontDescriptor/FontName/{nom}/Flags {drapeaux}/FontBBox[0 -200 1000 900]"
        f"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>"
    )


kind("polices-communes", polices(*(type1(n) for n in ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Italic", "Courier", "Courier-Bold"))), proche=4, tolerance=100)
kind("police-symbol", polices(type1("Symbol", ""), contenu="BT /P0 40 Tf 10 120 Td (abgS\\245) Tj ET"), proche=4, tolerance=100)
kind("police-dingbats", polices(type1("ZapfDingbats", ""), contenu="BT /P0 40 Tf 10 120 Td (48lnH) Tj ET"), proche=5, tolerance=100)
kind("accents-winansi", polices(type1("Helvetica"), contenu="BT /P0 24 Tf 10 150 Td (\\351\\350\\340\\347\\234\\200\\253\\273) Tj ET"), proche=4, tolerance=100)
kind("accents-macroman", polices(type1("Helvetica", "/Encoding/MacRomanEncoding"), contenu="BT /P0 24 Tf 10 150 Td (\\216\\217\\210\\215\\317) Tj ET"), proche=4, tolerance=100)
kind("accents-differences", polices(type1("Helvetica", "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/eacute/oe/Euro]>>"), contenu="BT /P0 24 Tf 10 150 Td (ABCabc) Tj ET"), proche=4, tolerance=100)
kind("cyrillique-absent", polices(type1("Helvetica", "/Encoding<</Differences[65/afii10017/afii10018]>>"), contenu="BT /P0 24 Tf 10 150 Td (AB) Tj ET"), "refusée")
kind("police-de-bureau", polices(truetype("Calibri")), proche=6, tolerance=120)
kind("police-wingdings", polices(truetype("Wingdings", "", 4)), "refusée")
kind("police-symbolique", polices(truetype("Logos", "", 4)), "refusée")
kind("police-de-codes", polices(type1("Inconnue", "/Encoding<</Differences[65/g12/g13]>>")), "refusée")
kind("police-composee-absente", polices("<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Arial/Flags 32>>>>]>>"), "refusée")
kind("police-japonaise-absente", polices("<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/90ms-RKSJ-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4>>>>]>>"), "refusée")
kind("police-non-nommee", simple("BT /Absente 20 Tf 20 100 Td (Mot) Tj ET"), "refusée")


def police_abimee(pdf):
    programme = pdf.flux("ceci n'est pas une police", "/Length1 25")
    return (
        "BT /P 24 Tf 20 100 Td (Mot) Tj ET",
        "/Font<</P<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Arial/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 126"
        f"/Widths[{' '.join(['556'] * 95)}]/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Arial/Flags 32/FontFile2 {programme} 0 R>>>>>>",
    )


def sans_f1(construire):
    """A page whose fonts are its own."""
    def ecrire():
        pdf = Pdf()
        contenu, ressources = construire(pdf)
        flux = pdf.flux(contenu)
        page = pdf.ajouter(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {flux} 0 R/Resources<<{ressources}>>>>")
        return pdf.octets([page])
    return ecrire


kind("police-abimee", sans_f1(police_abimee), "refusée")


def type3(pdf):
    a = pdf.flux("1000 0 0 0 750 750 d1 0 0 750 750 re f")
    b = pdf.flux("1000 0 d0 1 0 0 rg 0 0 m 375 750 l 750 0 l f 0 0 1 rg 200 100 350 200 re f")
    points = bytes([0b10101010, 0b01010101] * 4)
    c = pdf.flux(b"1000 0 0 0 800 800 d1 q 800 0 0 800 0 0 cm BI /W 8 /H 8 /IM true /BPC 1 ID " + points + b" EI Q")
    return (
        "0 .5 0 rg BT /T 40 Tf 20 120 Td (abc) Tj 0 -60 Td 1 0 0 rg (acb) Tj ET",
        "/Font<</T<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 99"
        f"/Widths[1000 1000 1000]/Encoding<</Differences[97/a/b/c]>>/CharProcs<</a {a} 0 R/b {b} 0 R/c {c} 0 R>>/Resources<<>>>>>>",
    )


kind("type3", sans_f1(type3))


def lettres(dessin, boite="0 0 1000 1000", ressources="", contenu="BT 1 0 0 rg /T 60 Tf 20 80 Td (aa) Tj ET"):
    """Words of a font whose one letter is this drawing."""
    def construire(pdf):
        lettre, plus = pdf.flux(dessin), ressources(pdf) if callable(ressources) else ressources
        return (
            contenu,
            f"/Font<</T<</Type/Font/Subtype/Type3/FontBBox[{boite}]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97"
            f"/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a {lettre} 0 R>>/Resources<<{plus}>>>>>>",
        )
    return sans_f1(construire)


def pochoir(pdf):
    groupe_ = pdf.forme(".7 g 0 0 400 700 re f", "0 0 1000 1000", extra="/Group<</S/Transparency/CS/DeviceGray>>")
    return f"/ExtGState<</G<</SMask<</S/Luminosity/G {groupe_} 0 R>>>>>>"


kind("lettres-pleines", lettres("1000 0 0 0 800 700 d1 0 0 800 700 re f"))
# Poppler cuts what leaves the box that a letter gives, even one without surface; and mixes masks with its store of letters.
kind("lettres-sans-boite", lettres("1000 0 0 0 0 0 d1 0 0 800 700 re f", "0 0 0 0"), comme="lettres-pleines")
kind("lettres-masquees-a-plat", simple("1 .3 .3 rg 20 80 24 42 re f 80 80 24 42 re f"))
kind("lettres-masquees", lettres("1000 0 0 0 800 700 d1 /G gs 0 0 800 700 re f", ressources=pochoir), comme="lettres-masquees-a-plat")
kind("lettres-de-degrade", lettres("1000 0 d0 0 0 800 700 re W n /S sh", ressources="/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 800 0]/Function<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>>>>>"), "refusée")


def composee(largeurs):
    """Words of a composite font of ours, made of one square."""
    def construire(pdf):
        programme = carres()
        fichier = pdf.flux(programme, f"/Length1 {len(programme)}")
        return (
            "BT /P 40 Tf 20 100 Td <000100010001> Tj ET",
            "/Font<</P<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Carres/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
            "/BaseFont/ABCDEF+Carres/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
            f"/W[{largeurs}]/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Carres/Flags 4/FontBBox[0 0 1000 1000]"
            f"/ItalicAngle 0/Ascent 800/Descent 0/StemV 80/FontFile2 {fichier} 0 R>>>>]>>>>",
        )
    return sans_f1(construire)


def carres():
    """A TrueType font of two letters: none, and a square."""
    carre = struct.pack(">hhhhhHH4B4h4h", 1, 0, 0, 600, 600, 3, 0, 1, 1, 1, 1, 0, 600, 0, -600, 0, 0, 600, 0)
    tables = {
        b"glyf": carre,
        b"head": struct.pack(">IIIIHHQQ4hHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 600, 600, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhh4hhH", 0x10000, 800, 0, 0, 1000, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 0),
        b"loca": struct.pack(">III", 0, 0, len(carre)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    place, entete, corps = 12 + 16 * len(tables), b"", b""
    for nom, table in sorted(tables.items()):
        entete += struct.pack(">4sIII", nom, 0, place + len(corps), len(table))
        corps += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64) + entete + corps


# Poppler does not find the width of a letter that is in two ranges.
kind("largeurs", composee("0 9 700"))
kind("largeurs-en-double", composee("1 [700] 0 9 700"), comme="largeurs")
kind("largeurs-contraires", composee("0 9 700 1 [900]"), "refusée")
kind("largeurs-sans-fin", composee("0 4294967295 700"), "refusée")


def d_un_ancetre(propres):
    """A page whose font is among the resources of the tree of pages."""
    def ecrire():
        pdf = Pdf()
        flux = pdf.flux("20 20 60 60 re f BT /F1 20 Tf 20 120 Td (Mot) Tj ET")
        page = pdf.ajouter(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {flux} 0 R{propres}>>")
        return pdf.octets([page], arbre=f"/Resources<</Font<</F1 {HELV}>>>>")
    return ecrire


kind("ressources-heritees", d_un_ancetre(""), **SEMBLABLE)
kind("ressources-des-ancetres", d_un_ancetre("/Resources<</XObject<<>>>>"), "refusée")

# --- transparency -----------------------------------------------------------------------------------------


def etat(reglage, contenu):
    return simple(contenu, f"/ExtGState<</G<<{reglage}>>>>")


DAMIER = "1 0 0 rg 0 0 100 100 re f 0 0 1 rg 100 100 100 100 re f .5 g 0 100 100 100 re f "
kind("opacite", etat("/ca .4/CA .6", DAMIER + "/G gs 0 .7 0 rg 40 40 120 120 re f 12 w 0 G 20 20 m 180 180 l S"))
for fusion in ("Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"):
    kind(f"fusion-{fusion.lower()}", etat(f"/BM/{fusion}", "1 g 0 0 200 200 re f " + DAMIER + "/G gs .2 .7 .9 rg 40 40 120 120 re f"), tolerance=60)
kind("fusion-decoupee", etat("/BM/Multiply", DAMIER + "q 100 20 m 180 180 l 20 180 l h W n /G gs .9 .9 .1 rg 0 0 200 200 re f Q"))


def groupe(attributs, reglage="/ca .5", dedans="1 0 0 rg 30 30 100 100 re f 0 1 0 rg 70 70 100 100 re f", interne=""):
    def construire(pdf):
        forme = pdf.forme(dedans, ressources=interne, extra=f"/Group<</S/Transparency/CS/DeviceRGB{attributs}>>")
        return "0 0 1 rg 0 90 200 20 re f /G gs /X Do", f"/ExtGState<</G<<{reglage}>>>>/XObject<</X {forme} 0 R>>"
    return avec(construire)


MULTIPLIER = "/ExtGState<</M<</BM/Multiply>>>>"
kind("groupe-transparent", groupe(""))
kind("groupe-isole", groupe("/I true", "", "/M gs 1 1 0 rg 30 30 100 100 re f 0 1 1 rg 70 70 100 100 re f", MULTIPLIER))
kind("groupe-mele", groupe("", "", "/M gs 1 1 0 rg 30 30 100 100 re f 0 1 1 rg 70 70 100 100 re f", MULTIPLIER))
kind("groupe-qui-multiplie", groupe("", "/BM/Multiply"))
kind("groupe-knockout", groupe("/K true"), "refusée")


def masque(sorte, contenu, extra="", cs="/CS/DeviceGray", dessin="1 0 0 rg 0 0 200 200 re f"):
    def construire(pdf):
        forme = pdf.forme(contenu, extra=f"/Group<</S/Transparency{cs}>>", ressources="/ExtGState<</D<</ca .4>>>>")
        fonction = {"inverse": "<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0]>>", "carre": "<</FunctionType 2/Domain[0 1]/N 2>>"}
        tr = f"/TR {fonction[extra]}" if extra in fonction else extra
        return (
            f"0 0 1 rg 0 90 200 20 re f q /M gs {dessin} Q 0 g 5 5 20 20 re f",
            f"/ExtGState<</M<</SMask<</S/{sorte}/G {forme} 0 R{tr}>>>>>>",
        )
    return avec(construire)


CERCLE = "100 20 m 145 20 180 55 180 100 c 180 145 145 180 100 180 c 55 180 20 145 20 100 c 20 55 55 20 100 20 c f"
kind("masque-luminosite", masque("Luminosity", "1 g " + CERCLE + " .5 g 80 80 40 40 re f"))
kind("masque-fond", masque("Luminosity", "0 g " + CERCLE, "/BC[1]"))
kind("masque-alpha", masque("Alpha", "0 g " + CERCLE))
kind("masque-alpha-partiel", masque("Alpha", "/D gs 0 g " + CERCLE))
kind("masque-inverse", masque("Luminosity", "1 g " + CERCLE, "inverse"))
kind("masque-transfert", masque("Luminosity", ".5 g " + CERCLE, "carre"), "refusée")
kind("masque-sans-espace", masque("Luminosity", "1 g " + CERCLE, cs=""), "refusée")
kind("masque-sur-texte", masque("Luminosity", "1 g 0 0 200 100 re f", dessin="BT /F1 60 Tf 20 80 Td (Abcd) Tj ET"))

# --- patterns and shadings --------------------------------------------------------------------------------


def tuile(peinture, motif="1 0 0 rg 0 0 10 10 re f 0 0 1 rg 10 10 10 10 re f", boite="0 0 20 20", pas=(20, 20), genre=1, matrice="1 0 0 1 0 0", gs=""):
    def construire(pdf):
        p = pdf.flux(motif, f"/Type/Pattern/PatternType 1/PaintType {genre}/TilingType 1/BBox[{boite}]/XStep {pas[0]}/YStep {pas[1]}/Matrix[{matrice}]/Resources<<>>")
        return peinture, f"/Pattern<</P {p} 0 R>>/ColorSpace<</C[/Pattern/DeviceRGB]>>/ExtGState<</G<<{gs}>>>>"
    return avec(construire)


POSER = "/Pattern cs /P scn 20 20 160 160 re f"
kind("motif", tuile(POSER), proche=2)
kind("motif-espace", tuile(POSER, pas=(30, 35)), proche=2)
kind("motif-decale", tuile(POSER, "0 .6 0 rg 5 5 10 10 re f", "5 5 20 20", (25, 25)), proche=2)
kind("motif-qui-recouvre", tuile(POSER, "0 .6 0 RG 2 w 0 0 m 40 40 l S", "0 0 40 40", (20, 20)), proche=2)
kind("motif-tourne", tuile(POSER, matrice=".8 .6 -.6 .8 3 7"), proche=2)
kind("motif-negatif", tuile(POSER, pas=(-30, -30)), proche=2)
kind("motif-sans-couleur", tuile("/C cs 1 0 0 /P scn 10 10 80 180 re f 0 .5 0 /P scn 110 10 80 180 re f", "0 0 10 10 re f", genre=2), proche=2)
kind("motif-trait", tuile("/Pattern CS /P SCN 30 w 30 30 m 170 170 l S"), proche=2)
kind("motif-texte", tuile("/Pattern cs /P scn BT /F1 80 Tf 10 80 Td (Abc) Tj ET", boite="0 0 10 10", pas=(10, 10)), **SEMBLABLE)
kind("motif-minuscule", tuile(POSER, "0 0 .5 .5 re f", "0 0 1 1", (1, 1), matrice="20 0 0 20 0 0"), proche=2)
kind("motif-transparent", tuile("/G gs " + POSER, gs="/ca .5"), "refusée")


def motif_recursif():
    pdf = Pdf()
    motif = pdf.flux("/Pattern cs /P scn 0 0 20 20 re f", "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 20]/XStep 20/YStep 20/Resources<</Pattern<</P 3 0 R>>>>")
    assert motif == 3
    return pdf.octets([pdf.page(POSER, "/Pattern<</P 3 0 R>>")])


kind("motif-recursif", motif_recursif, "refusée")

ROUGE_BLEU = "<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>"
ESCALIER = f"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[{ROUGE_BLEU} <</FunctionType 2/Domain[0 1]/C0[0 1 0]/C1[1 1 0]/N 2>>]>>"


def degrade(shading, peinture="/S sh"):
    return simple(peinture, f"/Shading<</S<</ColorSpace/DeviceRGB{shading}>>>>/Pattern<</P<</PatternType 2/Shading<</ColorSpace/DeviceRGB{shading}>>>>>>")


AXIAL = f"/ShadingType 2/Coords[20 0 180 60]/Function {ESCALIER}"
kind("degrade-axial", degrade(AXIAL))
kind("degrade-axial-prolonge", degrade(AXIAL + "/Extend[true true]"))
kind("degrade-axial-borne", degrade(AXIAL + "/Extend[true true]/BBox[30 30 150 120]"))
kind("degrade-radial", degrade(f"/ShadingType 3/Coords[100 100 10 110 100 80]/Function {ROUGE_BLEU}"))
kind("degrade-radial-prolonge", degrade(f"/ShadingType 3/Coords[60 100 10 140 100 50]/Function {ROUGE_BLEU}/Extend[true true]"))
kind("degrade-forme", degrade(AXIAL + "/Extend[true true]", "/Pattern cs /P scn " + CERCLE))
kind("degrade-trait", degrade(AXIAL + "/Extend[true true]", "/Pattern CS /P SCN 20 w 20 30 m 180 170 l S"))
kind("degrade-texte", degrade(AXIAL + "/Extend[true true]", "/Pattern cs /P scn BT /F1 80 Tf 10 80 Td (Abc) Tj ET"), **SEMBLABLE)
kind("degrade-fond", degrade(AXIAL + "/Background[.9 .9 .9]", "/Pattern cs /P scn 10 10 180 180 re f"))


def par_flux(genre, octets, extra, peinture="/S sh", decode="/Decode[0 200 0 200 0 1 0 1 0 1]"):
    def construire(pdf):
        s = pdf.flux(octets, f"/ShadingType {genre}/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8{decode}{extra}")
        return peinture, f"/Shading<</S {s} 0 R>>"
    return avec(construire)


SOMMETS = [(20, 20, 255, 0, 0), (235, 40, 0, 255, 0), (120, 230, 0, 0, 255)]
kind("degrade-triangles", par_flux(4, b"".join(bytes([0, *s]) for s in SOMMETS), "/BitsPerFlag 8"), proche=2, tolerance=60)
GRILLE = [(20, 20, 255, 0, 0), (230, 20, 0, 255, 0), (20, 230, 0, 0, 255), (230, 230, 255, 255, 0)]
kind("degrade-treillis", par_flux(5, b"".join(bytes(s) for s in GRILLE), "/VerticesPerRow 2"), proche=2, tolerance=60)
BORD = [(30, 30), (30, 90), (30, 160), (30, 220), (90, 250), (160, 190), (220, 220), (220, 160), (220, 90), (220, 30), (160, 60), (90, 10)]
COINS = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0])
kind("degrade-coons", par_flux(6, bytes([0]) + bytes(n for p in BORD for n in p) + COINS, "/BitsPerFlag 8"), proche=2, tolerance=60)
DEDANS = [(90, 90), (90, 160), (160, 160), (160, 90)]
kind("degrade-tenseur", par_flux(7, bytes([0]) + bytes(n for p in BORD + DEDANS for n in p) + COINS, "/BitsPerFlag 8"), proche=2, tolerance=60)


def fonction_ps(programme, pas=True):
    def construire(pdf):
        f = pdf.flux(programme, "/FunctionType 4/Domain[0 200 0 200]/Range[0 1 0 1 0 1]")
        return "/S sh", f"/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 200 0 200]/Function {f} 0 R>>>>"
    return avec(construire)


kind("degrade-fonction", fonction_ps("{ 200 div exch 200 div exch 1 index 1 index mul }"))
kind("degrade-sans-fin", fonction_ps("{ " + "2 copy mul pop " * 40000 + "200 div exch 200 div exch 0 }"), "refusée")

# --- pictures and colours ---------------------------------------------------------------------------------


def image(octets, attributs, largeur, hauteur, avant="", autour=""):
    def construire(pdf):
        extra = autour(pdf) if callable(autour) else autour
        i = pdf.flux(zlib.compress(bytes(octets)), f"/Type/XObject/Subtype/Image/Width {largeur}/Height {hauteur}/Filter/FlateDecode{attributs}{extra}")
        return f"{avant} q 160 0 0 160 20 20 cm /I Do Q", f"/XObject<</I {i} 0 R>>"
    return avec(construire)


NUANCES = bytes((x * 16 + y * 8) % 256 for y in range(8) for x in range(8))
TROIS = bytes(n for y in range(8) for x in range(8) for n in (x * 36, y * 36, 128))
UN_BIT = bytes([0b11110000, 0b11001100, 0b10101010, 0b11111111, 0b00000000, 0b10000001, 0b01111110, 0b00111100])
kind("image-grise", image(NUANCES, "/ColorSpace/DeviceGray/BitsPerComponent 8", 8, 8))
kind("image-rvb", image(TROIS, "/ColorSpace/DeviceRGB/BitsPerComponent 8", 8, 8))
kind("image-lissee", image(TROIS, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Interpolate true", 8, 8), proche=3, tolerance=60)
kind("image-un-bit", image(UN_BIT, "/ColorSpace/DeviceGray/BitsPerComponent 1", 8, 8))
kind("image-inversee", image(UN_BIT, "/ColorSpace/DeviceGray/BitsPerComponent 1/Decode[1 0]", 8, 8))
kind("image-decode", image(NUANCES, "/ColorSpace/DeviceGray/BitsPerComponent 8/Decode[.2 .8]", 8, 8))
kind("image-seize-bits", image(bytes(n for v in NUANCES for n in (v, 0)), "/ColorSpace/DeviceGray/BitsPerComponent 16", 8, 8))
kind("image-seize-bits-impaire", image(bytes(127), "/ColorSpace/DeviceGray/BitsPerComponent 16", 8, 8), "refusée")
kind("image-incomplete", image(NUANCES[:40], "/ColorSpace/DeviceGray/BitsPerComponent 8", 8, 8), "refusée")
kind("image-incomplete-indexee", image(bytes(9), "/ColorSpace[/Indexed/DeviceRGB 3<ff000000ff000000ffffff00>]/BitsPerComponent 2", 8, 8), "refusée")
kind("image-a-un-point-pres", image(NUANCES[:-1], "/ColorSpace/DeviceGray/BitsPerComponent 8", 8, 8), comme="image-grise", seuil=.03)
kind("image-cle-inversee", image(NUANCES, "/ColorSpace/DeviceGray/BitsPerComponent 8/Decode[1 0]/Mask[0 100]", 8, 8), "refusée")
kind("image-quatre-bits", image(bytes(range(0, 256, 8)), "/ColorSpace/DeviceGray/BitsPerComponent 4", 8, 8))
kind("image-indexee", image(bytes([0b00011011] * 16), "/ColorSpace[/Indexed/DeviceRGB 3<ff000000ff000000ffffff00>]/BitsPerComponent 2", 8, 8))
kind("image-pochoir", image(UN_BIT, "/ImageMask true/BitsPerComponent 1", 8, 8, avant="0 .5 0 rg"))
kind("image-pochoir-inverse", image(UN_BIT, "/ImageMask true/BitsPerComponent 1/Decode[1 0]", 8, 8, avant="0 .5 0 rg"))
kind("image-cle", image(TROIS, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Mask[0 100 0 100 0 255]", 8, 8, avant="1 1 0 rg 0 0 200 200 re f"))
kind("image-adoucie", image(TROIS, "/ColorSpace/DeviceRGB/BitsPerComponent 8", 8, 8, avant="1 1 0 rg 0 0 200 200 re f", autour=lambda pdf: "/SMask %d 0 R" % pdf.flux(zlib.compress(NUANCES), "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode")))
kind("image-masque-plus-fin", image(TROIS, "/ColorSpace/DeviceRGB/BitsPerComponent 8", 8, 8, avant="1 1 0 rg 0 0 200 200 re f", autour=lambda pdf: "/Mask %d 0 R" % pdf.flux(zlib.compress(bytes([0b11110000, 0b11001100] * 16)), "/Type/XObject/Subtype/Image/Width 16/Height 16/ImageMask true/BitsPerComponent 1/Filter/FlateDecode")))
kind("image-dans-le-texte", simple("q 160 0 0 160 20 20 cm BI /W 4 /H 4 /CS /RGB /BPC 8 /F /AHx ID " + "ff000000ff000000ffffffff" * 4 + "> EI Q"))
# The colours of a press are not those of a screen: each program has its own way from one to the other.
kind("image-cmjn", image(bytes(n for y in range(8) for x in range(8) for n in (x * 30, y * 30, 60, 20)), "/ColorSpace/DeviceCMYK/BitsPerComponent 8", 8, 8), tolerance=110)
kind("couleurs-cmjn", simple("1 0 0 0 k 20 20 70 70 re f 0 1 0 0 k 110 20 70 70 re f 0 0 1 0 k 20 110 70 70 re f 0 0 0 1 k 110 110 70 70 re f"), tolerance=110)
kind("couleurs-separation", simple("/S cs 1 scn 20 20 70 70 re f .4 scn 110 20 70 70 re f", "/ColorSpace<</S[/Separation/Bleu/DeviceRGB<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[0 .2 .7]/N 1>>]>>"))
kind("couleurs-devicen", avec(lambda pdf: ("/D cs 1 .2 scn 20 20 70 70 re f .2 1 scn 110 20 70 70 re f", "/ColorSpace<</D[/DeviceN[/A/B]/DeviceRGB %d 0 R]>>" % pdf.flux("{ 1 exch sub exch 1 exch sub 1 index }", "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"))))
kind("couleurs-lab", simple("/L cs 60 60 30 scn 20 20 70 70 re f 80 -50 40 scn 110 20 70 70 re f", "/ColorSpace<</L[/Lab<</WhitePoint[.9642 1 .8249]/Range[-100 100 -100 100]>>]>>"), tolerance=60)
kind("couleurs-calibrees", simple("/C cs .8 .2 .2 scn 20 20 70 70 re f /H cs .5 scn 110 20 70 70 re f", "/ColorSpace<</C[/CalRGB<</WhitePoint[.9505 1 1.089]/Gamma[2.2 2.2 2.2]/Matrix[.4124 .2126 .0193 .3576 .7152 .1192 .1805 .0722 .9505]>>]/H[/CalGray<</WhitePoint[.9505 1 1.089]/Gamma 2.2>>]>>"), tolerance=90)
kind("couleurs-inconnues", simple("/X cs .5 scn 20 20 70 70 re f", "/ColorSpace<</X[/Inconnu<<>>]>>"), "refusée")
kind("image-abimee", image(b"", "/ColorSpace/DeviceRGB/BitsPerComponent 8", 8, 8), "refusée")



def fax():
    """Eight rows of four white then four black pixels (CCITT, group 4)."""
    bits = "001" + "1011" + "011" + "11" * 7 + "000000000001" * 2
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def jpeg(blocs, adobe=None):
    """A JPEG of blocks of one colour each, side by side: a list of tuples of components."""
    composantes = len(blocs[0])
    quantites = b"\xff\xdb\x00\x43\x00" + b"\x08" * 64
    cadre = bytes([8, 0, 8, 0, 8 * len(blocs), composantes]) + b"".join(bytes([n + 1, 0x11, 0]) for n in range(composantes))
    # Codes of four bits for the differences, of one bit for the end of a block.
    continues = b"\x00" + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12))
    autres = b"\x10" + bytes([1] + [0] * 15) + b"\x00"
    balayage = bytes([composantes]) + b"".join(bytes([n + 1, 0]) for n in range(composantes)) + b"\x00\x3f\x00"
    bits, avant = "", [0] * composantes
    for bloc in blocs:
        for n, valeur in enumerate(bloc):
            ecart, avant[n] = valeur - 128 - avant[n], valeur - 128
            taille = abs(ecart).bit_length()
            bits += f"{taille:04b}"
            if taille:
                bits += f"{ecart if ecart > 0 else ecart + (1 << taille) - 1:0{taille}b}"
            bits += "0"
    bits = bits.ljust(-(-len(bits) // 8) * 8, "1")
    donnees = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)).replace(b"\xff", b"\xff\x00")
    segment = lambda marque, octets: b"\xff" + bytes([marque]) + (len(octets) + 2).to_bytes(2, "big") + octets
    marque = segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00" + bytes([adobe])) if adobe is not None else b""
    return (
        b"\xff\xd8" + marque + quantites + segment(0xC0, cadre) + segment(0xC4, continues) + segment(0xC4, autres)
        + segment(0xDA, balayage) + donnees + b"\xff\xd9"
    )


def image_codee(octets, attributs, largeur, hauteur):
    def construire(pdf):
        i = pdf.flux(octets, f"/Type/XObject/Subtype/Image/Width {largeur}/Height {hauteur}{attributs}")
        return "q 160 0 0 160 20 20 cm /I Do Q", f"/XObject<</I {i} 0 R>>"
    return avec(construire)


DCT = "/BitsPerComponent 8/Filter/DCTDecode"
kind("image-fax", image_codee(fax(), "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 8/Rows 8>>", 8, 8))
kind("image-fax-inverse", image_codee(fax(), "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 8/Rows 8/BlackIs1 true>>", 8, 8))
kind("image-jpeg-grise", image_codee(jpeg([(40,), (220,), (128,)]), "/ColorSpace/DeviceGray" + DCT, 24, 8))
kind("image-jpeg", image_codee(jpeg([(200, 30, 60), (30, 200, 90)], 0), "/ColorSpace/DeviceRGB" + DCT, 16, 8))
kind("image-jpeg-ycc", image_codee(jpeg([(120, 90, 200), (180, 128, 128)]), "/ColorSpace/DeviceRGB" + DCT, 16, 8))
kind("image-jpeg-cmjn", image_codee(jpeg([(250, 40, 200, 250), (30, 200, 90, 220)], 0), "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" + DCT, 16, 8), tolerance=110)
kind("image-jpeg-cmjn-droite", image_codee(jpeg([(5, 200, 40, 10), (200, 30, 60, 20)]), "/ColorSpace/DeviceCMYK" + DCT, 16, 8), tolerance=110)

# --- pages ------------------------------------------------------------------------------------------------

COIN = "1 0 0 rg 10 10 40 20 re f 0 0 1 rg 150 170 40 20 re f BT /F1 30 Tf 0 g 30 90 Td (Haut) Tj ET"
for tour in (90, 180, 270, -90):
    kind(f"page-tournee-{tour}", simple(COIN, extra=f"/Rotate {tour}", boite="0 0 200 220"), **SEMBLABLE)
kind("page-recadree", simple(COIN, extra="/CropBox[20 40 190 180]"), **SEMBLABLE)
kind("page-recadree-tournee", simple(COIN, extra="/CropBox[20 40 190 180]/Rotate 90"), **SEMBLABLE)
kind("page-negative", simple("1 0 0 rg -90 -90 40 20 re f 0 0 1 rg 50 70 40 20 re f", boite="-100 -100 100 100"))
kind("page-a-l-envers", simple(COIN, boite="200 200 0 0"), **SEMBLABLE)
kind("page-agrandie", simple(COIN, extra="/UserUnit 2"), **SEMBLABLE)


def calques(reglage, contenu="/OC /L BDC 1 0 0 rg 20 20 80 80 re f EMC 0 0 1 rg 110 110 60 60 re f", propriete="{0} 0 R", usage=""):
    def ecrire():
        pdf = Pdf()
        calque = pdf.ajouter(f"<</Type/OCG/Name(C){usage}>>")
        page = pdf.page(contenu, f"/Properties<</L {propriete.format(calque)}>>")
        return pdf.octets([page], f"/OCProperties<</OCGs[{calque} 0 R]/D<<{reglage.format(calque)}>>>>")
    return ecrire


kind("calque-montre", calques("/ON[{0} 0 R]"))
kind("calque-cache", calques("/OFF[{0} 0 R]"))
kind("calque-de-base", calques("/BaseState/OFF"))
kind("calque-membre", calques("/OFF[{0} 0 R]", propriete="<</Type/OCMD/OCGs[{0} 0 R]/P/AllOff>>"))
kind("calque-imprime-autrement", calques("/OFF[{0} 0 R]/AS[<</Event/Print/Category[/Print]/OCGs[{0} 0 R]>>]", usage="/Usage<</Print<</PrintState/ON>>>>"), "refusée")
kind("calque-nomme-ailleurs", lambda: (lambda pdf: (lambda c, x: pdf.octets([pdf.page("/X Do", f"/Properties<</L {c} 0 R>>/XObject<</X {x} 0 R>>")], f"/OCProperties<</OCGs[{c} 0 R]/D<</OFF[{c} 0 R]>>>>"))(pdf.ajouter("<</Type/OCG/Name(C)>>"), pdf.flux("/OC /L BDC 1 0 0 rg 20 20 80 80 re f EMC", "/Type/XObject/Subtype/Form/BBox[0 0 200 200]")))(Pdf()), "refusée")
kind("calque-par-formule", avec(lambda pdf: (lambda c: ("/OC /L BDC 1 0 0 rg 20 20 80 80 re f EMC", f"/Properties<</L {pdf.ajouter(f'<</Type/OCMD/VE[/Not {c} 0 R]>>')} 0 R>>"))(pdf.ajouter("<</Type/OCG/Name(C)>>"))), "refusée")

# --- forms ------------------------------------------------------------------------------------------------

DR = f"/DR<</Font<</Helv {HELV}>>>>/DA(/Helv 12 Tf 0 g)"


def champs(*widgets, forme="/NeedAppearances true", fond="BT /F1 10 Tf 10 185 Td (Formulaire) Tj ET", avant=None):
    """Fields on a page; each a dictionary of a widget, or a function that builds one."""
    def ecrire():
        pdf = Pdf()
        numeros = []
        for widget in widgets:
            texte = widget(pdf) if callable(widget) else widget
            numeros.append(pdf.ajouter(texte if texte.startswith("<<") else f"<</Type/Annot/Subtype/Widget/F 4{texte}>>"))
        liste = " ".join(f"{n} 0 R" for n in numeros)
        page = pdf.page(fond, extra=f"/Annots[{liste}]")
        return pdf.octets([page], f"/AcroForm<</Fields[{liste}]{DR}{forme}>>")
    return ecrire


def texte(valeur, reste="", rect="20 100 180 124", nom="champ"):
    return f"/FT/Tx/T({nom})/V({valeur})/Rect[{rect}]{reste}"


# Poppler lays a value out at a place of its own: the same ink, some pixels away.
AILLEURS = {"proche": 7, "tolerance": 90}
kind("champ-sans-apparence", champs(texte("125 000 EUR")), **AILLEURS)
kind("champ-droite-et-centre", champs(texte("12 345,60", "/Q 2"), texte("centre", "/Q 1", "20 50 180 74", "b")), **AILLEURS)
kind("champ-corps-automatique", champs(texte("Ce texte fait la largeur de sa case", "/DA(/Helv 0 Tf 0 0 1 rg)")), **AILLEURS)
kind("champ-plusieurs-lignes", champs(texte("une phrase\\nqui passe sur\\nplusieurs lignes", "/Ff 4096", "20 100 180 170")), proche=10, tolerance=90)
kind("champ-cases", champs(texte("83000", "/Ff 16777216/MaxLen 5")), **AILLEURS)
kind("champ-tourne", champs(texte("Debout", "/MK<</R 90>>", "60 40 90 170")), **AILLEURS)
kind("champ-encadre", champs(texte("encadre", "/MK<</BC[1 0 0]/BG[.9 .9 1]>>/BS<</W 2>>")), **AILLEURS)
kind("champ-accents", champs(texte("\\351l\\350ve \\200 \\240")), **AILLEURS)
kind("champ-hors-police", champs("/FT/Tx/T(nom)/V<FEFF738B>/Rect[20 100 180 124]"), "refusée")
kind("champ-trop-long", champs(texte("un texte bien trop long pour tenir dans son cadre a ce corps", rect="20 100 90 124")), "refusée")
kind("champ-apparence-vide", champs(lambda pdf: texte("125 000", "/AP<</N %d 0 R>>" % pdf.forme("/Tx BMC EMC", "0 0 160 24"))), **AILLEURS)


def dessin_de_champ(pdf, mots):
    return "/AP<</N %d 0 R>>" % pdf.forme(f"/Tx BMC q BT /Helv 12 Tf 2 7 Td ({mots}) Tj ET Q EMC", "0 0 160 24", f"/Font<</Helv {HELV}>>")


kind("champ-apparence-juste", champs(lambda pdf: texte("125 000", dessin_de_champ(pdf, "125 000")), forme=""), **SEMBLABLE)
kind("champ-apparence-perimee", champs(lambda pdf: texte("999 999", dessin_de_champ(pdf, "125 000")), forme=""), "refusée")
kind("champ-apparence-a-refaire", champs(lambda pdf: texte("999 999", dessin_de_champ(pdf, "125 000"))), **AILLEURS)
kind("champ-vide", champs(texte("")), **AILLEURS)


def champ_seul(widget, parent=None, forme=""):
    """A page with one widget, and the field that it belongs to when that is another object."""
    def ecrire():
        pdf = Pdf()
        champ = pdf.ajouter("<<>>")
        numero = pdf.ajouter(f"<</Type/Annot/Subtype/Widget{widget}{f'/Parent {champ} 0 R' if parent else ''}>>")
        if parent:
            pdf.objets[champ - 1] = (f"<<{parent}/Kids[{numero} 0 R]>>", None)
        racine = champ if parent else numero
        page = pdf.page("20 20 50 30 re f", extra=f"/Annots[{numero} 0 R]")
        return pdf.octets([page], f"/AcroForm<</Fields[{racine} 0 R]{DR}{forme}>>")
    return ecrire


kind("champ-cache", champ_seul("/F 2" + texte("cache")))
kind("champ-d-ecran", champ_seul(texte("vu")), "refusée")
kind("champ-herite", champ_seul("/F 4/Rect[20 100 180 124]", "/FT/Tx/T(montant)/V(62 400)/DA(/Helv 14 Tf 0 g)", "/NeedAppearances true"), **AILLEURS)
kind("liste-deroulante", champs("/FT/Ch/Ff 131072/T(c)/V(b)/Opt[[(a)(Premier)][(b)(Second)]]/Rect[20 100 180 124]"), **AILLEURS)


def case(etat, valeur, rect="20 120 50 150", reste="", nom="/T(c)"):
    def construire(pdf):
        oui = pdf.forme("q 1 1 28 28 re S 3 w 5 5 m 25 25 l S 5 25 m 25 5 l S Q", "0 0 30 30")
        non = pdf.forme("q 1 1 28 28 re S Q", "0 0 30 30")
        return f"/FT/Btn{nom}/AS/{etat}/V/{valeur}/Rect[{rect}]/AP<</N<</Oui {oui} 0 R/Off {non} 0 R>>/D<</Oui {oui} 0 R>>>>{reste}"
    return construire


kind("case-cochee", champs(case("Oui", "Oui"), forme=""), **SEMBLABLE)
kind("case-vide", champs(case("Off", "Off"), forme=""), **SEMBLABLE)
kind("case-contradictoire", champs(case("Off", "Oui"), forme=""), "refusée")
# Poppler leaves a box without state as it was before it was ticked; it is compared with the one that has its state.
kind("case-sans-etat", lambda: champs(lambda pdf: case("Oui", "Oui")(pdf).replace("/AS/Oui", ""), forme="")(), comme="case-cochee", **SEMBLABLE)
kind("case-sans-apparence", champs("/FT/Btn/T(c)/V/Oui/AS/Oui/MK<</CA(4)>>/DA(/ZaDb 0 Tf 0 g)/Rect[20 120 50 150]", "/FT/Btn/T(d)/V/Off/AS/Off/MK<</CA(4)>>/DA(/ZaDb 0 Tf 0 g)/Rect[70 120 100 150]"), proche=9, tolerance=120)


def boutons_radio():
    pdf = Pdf()
    parent = pdf.ajouter("<<>>")
    kids = []
    for rang, rect in enumerate(("20 120 50 150", "70 120 100 150", "120 120 150 150")):
        oui = pdf.forme("q 1 1 28 28 re S 8 8 14 14 re f Q", "0 0 30 30")
        non = pdf.forme("q 1 1 28 28 re S Q", "0 0 30 30")
        etat = "/AS/1" if rang == 1 else "/AS/Off"
        kids.append(pdf.ajouter(f"<</Type/Annot/Subtype/Widget/F 4/Parent {parent} 0 R{etat}/Rect[{rect}]/AP<</N<</{rang} {oui} 0 R/Off {non} 0 R>>>>>>"))
    liste = " ".join(f"{k} 0 R" for k in kids)
    pdf.objets[parent - 1] = (f"<</FT/Btn/Ff 32768/T(choix)/V/1/Opt[(Un)(Deux)(Trois)]/Kids[{liste}]>>", None)
    return pdf.octets([pdf.page("", extra=f"/Annots[{liste}]")], f"/AcroForm<</Fields[{parent} 0 R]{DR}>>")


kind("boutons-radio", boutons_radio, **SEMBLABLE)
kind("bouton-poussoir", champs(lambda pdf: "/FT/Btn/Ff 65536/T(b)/Rect[20 100 120 130]/AP<</N %d 0 R>>" % pdf.forme(".8 g 0 0 100 30 re f 0 g BT /Helv 12 Tf 10 10 Td (Envoyer) Tj ET", "0 0 100 30", f"/Font<</Helv {HELV}>>"), forme=""), **SEMBLABLE)
kind("signature-visible", champs(lambda pdf: "/FT/Sig/T(s)/Rect[20 100 120 150]/AP<</N %d 0 R>>" % pdf.forme("/FRM Do", "0 0 100 50", "/XObject<</FRM %d 0 R>>" % pdf.forme("1 1 98 48 re S BT /Helv 12 Tf 10 20 Td (La directrice) Tj ET", "0 0 100 50", f"/Font<</Helv {HELV}>>")), forme=""), **SEMBLABLE)
kind("xfa", champs(forme="/XFA 3 0 R", fond="BT /F1 12 Tf 20 100 Td (Please wait...) Tj ET"), "refusée")
kind("porte-documents", lambda: (lambda pdf: pdf.octets([pdf.page("20 20 50 50 re f")], "/Collection<</View/T>>"))(Pdf()), "refusée")

# --- annotations ------------------------------------------------------------------------------------------


def annotation(genre, reste, fond="BT /F1 30 Tf 20 100 Td (Un texte) Tj ET"):
    def construire(pdf):
        texte = reste(pdf) if callable(reste) else reste
        return fond, "", f"/Annots[<</Type/Annot/Subtype/{genre}{texte}>>]"
    return avec(construire)


def tampon(boite="0 0 100 50", matrice="", rect="40 40 160 100", drapeaux=4):
    return lambda pdf: f"/F {drapeaux}/Rect[{rect}]/AP<</N %d 0 R>>" % pdf.forme("1 0 0 RG 4 w 2 2 96 46 re S BT /Helv 18 Tf 8 18 Td (VU) Tj ET", boite, f"/Font<</Helv {HELV}>>", matrice)


kind("tampon", annotation("Stamp", tampon()))
kind("tampon-decale", annotation("Stamp", tampon("-10 -20 110 60")))
kind("tampon-tourne", annotation("Stamp", tampon(matrice="/Matrix[0 1 -1 0 0 0]", rect="40 20 90 120")))
kind("tampon-etire", annotation("Stamp", tampon("20 10 100 50", rect="10 10 190 60")))
kind("tampon-cache", annotation("Stamp", tampon(drapeaux=6)))
kind("surlignage", annotation("Highlight", lambda pdf: "/F 4/C[1 1 0]/QuadPoints[20 130 150 130 20 95 150 95]/Rect[20 95 150 130]/AP<</N %d 0 R>>" % pdf.forme("/M gs 1 1 0 rg 20 95 130 35 re f", "20 95 150 130", "/ExtGState<</M<</BM/Multiply>>>>")))
kind("surlignage-nu", annotation("Highlight", "/F 4/C[1 1 0]/QuadPoints[20 130 150 130 20 95 150 95]/Rect[20 95 150 130]"), "refusée")
kind("encre", annotation("Ink", lambda pdf: "/F 4/Rect[20 20 120 80]/InkList[[20 20 120 80]]/AP<</N %d 0 R>>" % pdf.forme("0 0 1 RG 3 w 25 25 m 115 75 l S", "20 20 120 80")))
kind("texte-libre-nu", annotation("FreeText", "/F 4/DA(/Helv 12 Tf)/Contents(Rien)/Rect[20 20 120 60]"), "refusée")
kind("commentaire-et-bulle", annotation("Popup", "/F 28/Rect[20 20 120 80]/Open true"))
kind("lien-encadre", annotation("Link", "/F 4/Border[0 0 3]/C[1 0 0]/Rect[20 90 150 130]"), proche=4)
kind("lien-nu", annotation("Link", "/F 4/Border[0 0 0]/Rect[20 90 150 130]"))

# --- what never ends --------------------------------------------------------------------------------------


def formes_emboitees(niveaux, fois=1):
    def ecrire():
        pdf = Pdf()
        forme = pdf.forme("1 0 0 rg 20 20 100 100 re f BT /F1 20 Tf 20 140 Td (Au fond) Tj ET", ressources=f"/Font<</F1 {HELV}>>")
        for _ in range(niveaux):
            forme = pdf.forme("/X Do " * fois, ressources=f"/XObject<</X {forme} 0 R>>")
        return pdf.octets([pdf.page("/X Do", f"/XObject<</X {forme} 0 R>>")])
    return ecrire


kind("formes-emboitees", formes_emboitees(30))
kind("formes-trop-emboitees", formes_emboitees(60), "refusée")
kind("formes-multipliees", formes_emboitees(10, 10), "refusée")


def forme_en_boucle():
    pdf = Pdf()
    forme = pdf.forme("20 20 50 50 re f /X Do", ressources="/XObject<</X 3 0 R>>")
    assert forme == 3
    return pdf.octets([pdf.page("/X Do", "/XObject<</X 3 0 R>>")])


kind("forme-en-boucle", forme_en_boucle, "refusée")


def lettre_en_boucle(pdf):
    police = len(pdf.objets) + 2
    lettre = pdf.flux("1000 0 d0 BT /T 1 Tf (a) Tj ET")
    pdf.ajouter(f"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a {lettre} 0 R>>/Resources<</Font<</T {police} 0 R>>>>>>")
    return "BT /T 40 Tf 20 120 Td (a) Tj ET", f"/Font<</T {police} 0 R>>"


kind("lettre-en-boucle", sans_f1(lettre_en_boucle), "refusée")
kind("q-sans-fin", simple("q " * 100000 + "20 20 100 100 re f"))
kind("objets-demesures", lambda: (lambda pdf: pdf.octets([pdf.page("20 20 50 50 re f"), pdf.flux("", "/Type/ObjStm/N 40000/First 0")][:1]))(Pdf()), "refusée")
kind("table-fausse", lambda: (lambda o: o[:o.rindex(b"startxref")] + b"startxref\n12\n%%EOF\n")(simple("20 20 50 50 re f")()), "refusée")
kind("pages-manquantes", lambda: (lambda o: o.replace(b"/Count 1", b"/Count 3"))(simple("20 20 50 50 re f")()), "refusée")


def main():
    arguments = sys.argv[1:]
    garder = None
    if "--garder" in arguments:
        rang = arguments.index("--garder")
        garder = arguments[rang + 1]
        del arguments[rang:rang + 2]
    cpom, choisis = arguments[0], arguments[1:]
    kinds = {nom: k for nom, k in KINDS.items() if not choisis or nom in choisis}
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = garder or temporaire
        os.makedirs(dossier, exist_ok=True)
        for nom, (ecrire, *_) in kinds.items():
            with open(os.path.join(dossier, nom + ".pdf"), "wb") as fichier:
                fichier.write(ecrire())
        bilan = eprouver(os.path.abspath(cpom), dossier, kinds)
    echecs = [ligne for ligne in bilan if ligne]
    print("\n".join(echecs) if echecs else "", end="\n" if echecs else "")
    print(f"{len(kinds) - len(echecs)} passed, {len(echecs)} failed")
    sys.exit(1 if echecs else 0)


def eprouver(cpom, dossier, kinds):
    """Prints a draft with all the pieces, and says of each what is not as it should be."""
    titres = {nom: f"P{rang:03}E" for rang, nom in enumerate(kinds)}
    with open(os.path.join(dossier, "c.json"), "w", encoding="utf-8") as fichier:
        json.dump(contrat([(titres[nom], nom + ".pdf") for nom in kinds]), fichier)
    verdicts = subprocess.run([cpom, "verifier", "c.json", "--etat", "projet"], cwd=dossier, capture_output=True, timeout=300)
    dits = verdicts.stdout.decode("utf-8", "replace").splitlines()
    sortie = os.path.join(dossier, "sortie")
    impression = subprocess.run(
        [cpom, "generer", "c.json", "--etat", "projet", "--format", "pdf", "--sortie", sortie],
        cwd=dossier, capture_output=True, timeout=300,
    )
    if impression.returncode not in (0, 1):
        return [f"cpom: code {impression.returncode} {impression.stderr.decode('utf-8', 'replace')[-300:]}"]
    imprime = os.path.join(sortie, "PIECES.pdf")
    places = pages_des_pieces(imprime, set(titres.values()))
    bilan = []
    for nom, (_, attendu, proche, tolerance, seuil, comme) in kinds.items():
        refus = next((ligne for ligne in dits if "ANX-003" in ligne and f"« {nom}.pdf »" in ligne), None)
        if attendu == "refusée":
            bilan.append(None if refus else f"{nom}: it should be refused, and is not")
        elif refus:
            bilan.append(f"{nom}: refused: {refus.strip()[:200]}")
        elif titres[nom] not in places:
            bilan.append(f"{nom}: its page was not found")
        else:
            mesure = comparer(os.path.join(dossier, comme + ".pdf"), 1, imprime, places[titres[nom]], proche=proche, tolerance=tolerance)
            ecart, encre = mesure or (10**9, 0)
            juste = ecart <= max(TOLERES, seuil * encre)
            bilan.append(None if juste else f"{nom}: {ecart} pixels differ out of {encre}")
    return bilan


if __name__ == "__main__":
    main()
