#!/usr/bin/env python3
"""Says whether PDF files keep to PDF/A-3a and PDF/UA-1, as an independent validator sees them.

    conformite.py FILE.pdf…

The validator takes the last bytes of some compressed streams for the end of the line that closes them, and
reports their length: that finding is dropped when qpdf, which reads every stream to its length, finds no
fault. Exit code 0 or 1.
"""

import subprocess
import sys
from pathlib import Path

import page

FAUSSE_ALARME = "PDFA3A-STREAM-LENGTH-001"


def longueurs_justes(fichier):
    return subprocess.run(["qpdf", "--check", fichier], capture_output=True, check=False).returncode == 0


def fautes(fichier):
    trouvees = []
    for profil in ("3a", "ua1"):
        for faute in page.validate_pdf(fichier, profile=profil).failures:
            if faute.rule_id != FAUSSE_ALARME or not longueurs_justes(fichier):
                trouvees.append(f"{faute.rule_id}: {faute.message}")
    return trouvees


def main(fichiers):
    echec = not fichiers
    for fichier in fichiers:
        trouvees = fautes(fichier)
        print(f"{Path(fichier).name}: {'PDF/A-3a, PDF/UA-1' if not trouvees else 'not conformant'}")
        for faute in trouvees:
            print(f"    {faute}")
        echec = echec or bool(trouvees)
    return 1 if echec else 0


sys.exit(main(sys.argv[1:]))
