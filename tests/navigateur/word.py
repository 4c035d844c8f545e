"""Reads the words of a Word file, or changes some of them as a hand would in its main text; changes a number of a workbook."""
import fnmatch
import html
import re
import sys
import zipfile


def lire(fichier):
    texte = zipfile.ZipFile(fichier).read("word/document.xml").decode("utf-8")
    texte = re.sub(r"</w:p>", "\n", texte)
    return html.unescape(re.sub(r"<[^>]+>", "", texte))


def changer(fichier, avant, apres, vers):
    with zipfile.ZipFile(fichier) as source, zipfile.ZipFile(vers, "w", zipfile.ZIP_DEFLATED) as cible:
        for nom in source.namelist():
            octets = source.read(nom)
            if nom == "word/document.xml":
                de, a = (html.escape(x, quote=False).encode("utf-8") for x in (avant, apres))
                if de not in octets:
                    sys.exit(f"« {avant} » n'est pas dans {fichier}")
                octets = octets.replace(de, a, 1)
            cible.writestr(nom, octets)


def chiffrer(fichier, avant, apres, vers):
    """The first cell that holds the number of `avant` holds that of `apres`."""
    de, a = (f"<v>{x}</v>".encode() for x in (avant, apres))
    fait = False
    with zipfile.ZipFile(fichier) as source, zipfile.ZipFile(vers, "w", zipfile.ZIP_DEFLATED) as cible:
        for nom in source.namelist():
            octets = source.read(nom)
            if not fait and fnmatch.fnmatch(nom, "xl/worksheets/*.xml") and de in octets:
                octets, fait = octets.replace(de, a, 1), True
            cible.writestr(nom, octets)
    if not fait:
        sys.exit(f"aucune cellule de {fichier} ne tient {avant}")


if sys.argv[1] == "lire":
    print(lire(sys.argv[2]))
elif sys.argv[1] == "chiffrer":
    chiffrer(*sys.argv[2:])
else:
    changer(*sys.argv[2:])
