"""Writes contracts of mixed sizes in a folder, out of the fixtures, each with a reference of its own.

    contrats.py NOMBRE DOSSIER
"""

import json
import os
import shutil
import sys

FIXTURES = ["paca/minimal", "bretagne/exemple", "ara/exemple", "persagotiere/exemple"]

nombre, dossier = int(sys.argv[1]), sys.argv[2]
for rang in range(nombre):
    modele, nom = FIXTURES[rang % len(FIXTURES)].split("/")
    ici = os.path.join(dossier, nom if nom == "minimal" else modele)
    os.makedirs(ici, exist_ok=True)
    for joints in ["logos", "pieces"]:
        source, copie = os.path.join("fixtures", modele, joints), os.path.join(ici, joints)
        if os.path.isdir(source) and not os.path.exists(copie):
            shutil.copytree(source, copie)
    contrat = json.load(open(f"fixtures/{modele}/{nom}.json", encoding="utf-8"))
    contrat["reference"] = f"LOT-{rang:04d}"
    json.dump(contrat, open(os.path.join(ici, f"{rang:04d}.json"), "w", encoding="utf-8"), ensure_ascii=False)
