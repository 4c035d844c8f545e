"""Reads the words of a Word file, or changes some of them as a hand would in its main text."""
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


if sys.argv[1] == "lire":
    print(lire(sys.argv[2]))
else:
    changer(*sys.argv[2:])
