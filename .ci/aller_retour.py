"""Edits values of a dossier that LibreOffice saved, and writes the contract that should come back from it.

    aller_retour.py DOSSIER.fodt CONTRAT.json ATTENDU.json

The dossier is changed in place, as a hand would in LibreOffice: a number, a date, a short text, and words of a long
text, one of them in bold. A field is found by its bookmark, whose name comes from the pointer of the value.
"""

import hashlib
import json
import re
import sys

# Pointer; words of the dossier and what they become; value expected of the contract (from the one it had).
EDITS = [
    ("/moyens/modulation/objectif", "94", "95", lambda avant: 95),
    ("/moyens/frais_siege/autorisation/echeance", "2030", "2031", lambda avant: avant.replace("2030", "2031")),
    ("/moyens/frais_siege/autorisation/acte", "2025-009", "2025-010", lambda avant: avant.replace("2025-009", "2025-010")),
    (
        "/preambule/methode",
        "une lettre conjointe",
        'une lettre <text:span text:style-name="Gras">commune</text:span>',
        lambda avant: avant.replace("une lettre conjointe", "une lettre **commune**"),
    ),
]

GRAS = '<style:style style:name="Gras" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'


def main(dossier, contrat, attendu):
    texte = open(dossier, encoding="utf-8").read()
    donnees = json.load(open(contrat, encoding="utf-8"))
    automatiques = "<office:automatic-styles>"
    assert texte.count(automatiques) == 1
    texte = texte.replace(automatiques, automatiques + GRAS)
    for pointeur, de, a, valeur in EDITS:
        texte = edit(texte, pointeur, de, a)
        *chemin, cle = pointeur.split("/")[1:]
        parent = donnees
        for etape in chemin:
            parent = parent[etape]
        nouveau = valeur(parent[cle])
        assert nouveau != parent[cle], pointeur
        parent[cle] = nouveau
    open(dossier, "w", encoding="utf-8").write(texte)
    json.dump(donnees, open(attendu, "w", encoding="utf-8"), ensure_ascii=False, indent=2)


def edit(texte, pointeur, de, a):
    cle = "c" + hashlib.sha256(pointeur.encode()).hexdigest()[:16]
    debut = texte.index(f'<text:bookmark-start text:name="{cle}"/>')
    fin = texte.index(f'<text:bookmark-end text:name="{cle}"/>', debut)
    champ = texte[debut:fin]
    # LibreOffice breaks long lines of its file where there was a space.
    motif = re.compile(r"\s+".join(map(re.escape, de.split())))
    assert len(motif.findall(champ)) == 1, f"{pointeur}: {champ}"
    return texte[:debut] + motif.sub(a, champ) + texte[fin:]


main(*sys.argv[1:])
