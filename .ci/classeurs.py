"""Workbooks of cpom saved by other programs, and what comes back of them.

classeurs.py CPOM SOFFICE-PROFILE FOLDER CONTRAT...: each contract is exported, saved by LibreOffice in xlsx and in ods, and by openpyxl
with columns moved, a sheet renamed, the row of pointers gone and values typed as people do; nothing else than these values may come home.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import time

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
    budgets.row_dimensions[6].hidden = True
    budgets.auto_filter.ref = budgets.dimensions
    taux = lu["Évolution"]
    taux.cell(3, colonne(taux, "taux")).value = "1,25 %"
    periode = lu["Contrat"]
    fin = next(r for r in range(3, periode.max_row + 1) if periode.cell(r, 1).value == "/diagnostic/date")
    periode.cell(fin, 4).value = "2 juillet 2025"
    brouillon = lu["PPI"]
    brouillon.merge_cells(start_row=20, start_column=2, end_row=22, end_column=4)
    budgets.insert_cols(2)
    budgets.cell(1, 2).value = "À voir"
    budgets.title = "Nos budgets"
    lu["Autorités"].delete_rows(2)
    lu.create_sheet("Brouillon", 0)["A1"] = "note"
    lu.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    lu.save(DOSSIER / "a-la-main.xlsx")
    lu = importer(DOSSIER / "a-la-main.xlsx", contrat, attendu=1)
    changes = [(c["pointeur"], c["apres"], c["lieu"].rstrip("0123456789")[:12]) for c in lu["changements"]]
    refus = sorted(e["motif"][:12] for e in lu["ecarts"])
    notes = " ".join(lu["notes"])
    voulu = [
        ("/diagnostic/date", "2025-07-02", "Contrat!D"),
        ("/moyens/budgets/0/depenses/groupe_1", 1234.56, "Nos budgets!"),
        ("/moyens/evolution/0/taux", 1.25, "Évolution!E"),
    ]
    if changes != voulu or len(refus) != 2 or lu["elements"] or "À voir" not in notes or "Brouillon" not in notes:
        sys.exit(f"by hand: {changes} {refus} {notes} {lu['elements']}")


def remplir(vide, plein):
    """Types in a sheet what another one shows, by the titles of columns: neither identifiers, nor what is computed."""
    nombre = 0
    if plein.title == "Contrat":
        lignes = {vide.cell(r, 1).value: r for r in range(2, vide.max_row + 1)}
        pris = {"/version_schema", "/reference", "/modele/id"}
        dits = [(plein.cell(r, 1).value, plein.cell(r, 4).value) for r in range(3, plein.max_row + 1)]
        for cle, valeur in dits:
            if valeur is not None and cle in lignes and cle not in pris:
                vide.cell(lignes[cle], 4).value = valeur
                nombre += 1
        return nombre
    places = {vide.cell(1, c).value: c for c in range(2, vide.max_column + 1)}
    for c in range(2, plein.max_column + 1):
        titre, pointeur = plein.cell(1, c).value, plein.cell(2, c).value
        # Findings are named by their identifiers.
        if not titre or not pointeur or (pointeur == "id" and plein.title != "Constats"):
            continue
        if titre not in places:
            places[titre] = vide.max_column + 1
            vide.cell(1, places[titre]).value = titre
        for ligne in range(3, plein.max_row + 1):
            valeur = plein.cell(ligne, c).value
            if valeur is not None:
                vide.cell(ligne, places[titre]).value = valeur
                nombre += 1
    return nombre


def de_rien(exemple):
    """A workbook of six establishments filled from nothing, in two times: the usual sheets, then those that were not there."""
    debut = time.monotonic()
    classeur, contrat = DOSSIER / "neuf.xlsx", DOSSIER / "neuf.json"
    for dossier in ("logos", "pieces"):
        shutil.copytree(pathlib.Path(CONTRATS[0]).parent / dossier, DOSSIER / dossier)
    cpom("nouveau", "--modele", "paca", "--etablissements", 6, "--annee", 2026, "--autorites", "ars,13,84", "--sortie", classeur)
    plein = openpyxl.load_workbook(exemple)
    feuilles = [f for f in plein.sheetnames if f not in ("Lisez-moi", "Remarques", "_listes")]
    tapees, perdues = 0, []
    for tour in range(2):
        vide = openpyxl.load_workbook(classeur)
        presentes = [f for f in feuilles if f in vide.sheetnames]
        tapees += sum(remplir(vide[f], plein[f]) for f in presentes)
        vide.save(classeur)
        perdues += importer(classeur, contrat, attendu=1)["ecarts"]
        cpom("importer", classeur, "--contrat", contrat, "--ecrire", "--malgre-les-remarques", attendu=1)
        feuilles = [f for f in feuilles if f not in presentes]
        if tour == 0:
            cpom("exporter", contrat, "--parties", ",".join(feuilles), "--sortie", classeur, "--remplacer")
    ecrit = json.loads(contrat.read_text(encoding="utf-8"))
    restent = contrat.read_text(encoding="utf-8").count("à compléter")
    imprime = subprocess.run([CPOM, "generer", contrat, "--sortie", DOSSIER / "neuf"], capture_output=True, text=True)
    if tapees < 2_500 or restent > 30 or len(perdues) > 15 or len(ecrit["perimetre"]["etablissements"]) < 8:
        sys.exit(f"from nothing: {tapees} cells, {restent} blanks, {json.dumps(perdues, ensure_ascii=False)[:3000]}")
    if not list((DOSSIER / "neuf").glob("*.pdf")):
        sys.exit(f"from nothing: no draft\n{imprime.stdout[-2000:]}{imprime.stderr[-2000:]}")
    mots = len(contrat.read_text(encoding="utf-8"))
    print(f"from nothing: {tapees} cells typed for a file of {mots} characters, draft printed, {time.monotonic() - debut:.1f} s")


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
de_rien(classeurs[0])
libreoffice("xlsx", DOSSIER / "lo", classeurs)
libreoffice("ods", DOSSIER / "lo", classeurs)
libreoffice("xls", DOSSIER / "lo", classeurs[:1])
for rang, contrat in enumerate(CONTRATS):
    intact(DOSSIER / "lo" / f"{rang}.xlsx", contrat)
    intact(DOSSIER / "lo" / f"{rang}.ods", contrat)
intact(DOSSIER / "lo" / "0.xls", CONTRATS[0])
print(f"{len(CONTRATS)} contracts through openpyxl, LibreOffice xlsx, ods and xls: nothing changed")
