"""Workbooks of cpom saved by other programs, and what comes back of them.

classeurs.py CPOM SOFFICE-PROFILE FOLDER CONTRAT...: each contract is exported, saved by LibreOffice in xlsx and in ods, and by openpyxl
with columns moved, a sheet renamed, the row of pointers gone and values typed as people do; nothing else than these values may come home.
"""
import json
import pathlib
import subprocess
import sys

import openpyxl


def cpom(*arguments, attendu=0):
    fait = subprocess.run([CPOM, "tableur", *map(str, arguments)], capture_output=True, text=True)
    if fait.returncode != attendu:
        sys.exit(f"{arguments}: {fait.returncode}\n{fait.stdout}\n{fait.stderr}")
    return fait.stdout


def importer(classeur, contrat, attendu=0):
    return json.loads(cpom("importer", classeur, "--contrat", contrat, "--format", "json", attendu=attendu))


def intact(classeur, contrat):
    lu = importer(classeur, contrat)
    reste = {cle: lu[cle] for cle in ("changements", "elements", "ecarts", "commentaires") if lu[cle]}
    if reste or lu["champs"] < 20:
        sys.exit(f"{classeur}: {json.dumps(reste, ensure_ascii=False)[:2000]}")


def libreoffice(forme, dossier, classeurs):
    subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{PROFIL}", "--convert-to", forme, "--outdir", dossier]
        + classeurs,
        check=True, capture_output=True, timeout=300,
    )


def colonne(feuille, pointeur):
    return next(cellule.column for cellule in feuille[2] if cellule.value == pointeur)


def a_la_main(classeur, contrat):
    """What people make of it: a column of their own, a sheet renamed, no pointers, words, an error, a formula that nobody computed."""
    lu = openpyxl.load_workbook(classeur)
    budgets = lu["Budgets"]
    g1, g2, g3 = (colonne(budgets, f"depenses/groupe_{n}") for n in (1, 2, 3))
    budgets.cell(3, g1).value = "1 234,56"
    budgets.cell(4, g2).value = "=1+1"
    budgets.cell(5, g3).value = "#REF!"
    budgets.cell(5, g3).data_type = "e"
    budgets.insert_cols(2)
    budgets.cell(1, 2).value = "À voir"
    budgets.title = "Nos budgets"
    lu["Autorités"].delete_rows(2)
    lu.create_sheet("Brouillon", 0)["A1"] = "note"
    lu.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    lu.save(DOSSIER / "a-la-main.xlsx")
    lu = importer(DOSSIER / "a-la-main.xlsx", contrat, attendu=1)
    changes = [(c["pointeur"], c["apres"], c["lieu"][:12]) for c in lu["changements"]]
    refus = sorted(e["motif"][:12] for e in lu["ecarts"])
    notes = " ".join(lu["notes"])
    voulu = [("/moyens/budgets/0/depenses/groupe_1", 1234.56, "Nos budgets!")]
    if changes != voulu or len(refus) != 2 or lu["elements"] or "À voir" not in notes or "Brouillon" not in notes:
        sys.exit(f"by hand: {changes} {refus} {notes} {lu['elements']}")


CPOM, PROFIL, DOSSIER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
CONTRATS = sys.argv[4:]
DOSSIER.mkdir(parents=True, exist_ok=True)
classeurs = []
for rang, contrat in enumerate(CONTRATS):
    classeur = DOSSIER / f"{rang}.xlsx"
    cpom("exporter", contrat, "--sortie", classeur)
    intact(classeur, contrat)
    simple = openpyxl.load_workbook(classeur)
    simple.save(DOSSIER / f"{rang}-openpyxl.xlsx")
    intact(DOSSIER / f"{rang}-openpyxl.xlsx", contrat)
    classeurs.append(str(classeur))
a_la_main(classeurs[0], CONTRATS[0])
libreoffice("xlsx", DOSSIER / "lo", classeurs)
libreoffice("ods", DOSSIER / "lo", classeurs)
libreoffice("xls", DOSSIER / "lo", classeurs[:1])
for rang, contrat in enumerate(CONTRATS):
    intact(DOSSIER / "lo" / f"{rang}.xlsx", contrat)
    intact(DOSSIER / "lo" / f"{rang}.ods", contrat)
intact(DOSSIER / "lo" / "0.xls", CONTRATS[0])
print(f"{len(CONTRATS)} contracts through openpyxl, LibreOffice xlsx, ods and xls: nothing changed")
