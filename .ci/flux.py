"""Whether the warnings of qpdf on a PDF are all its false ones: a stream that ends where a buffer of its own is full.

qpdf 11 then says « input stream is complete but output may still be valid »; zlib says whether the stream is whole.
"""

import re
import sys
import zlib

FAUX = re.compile(rb"^WARNING: .*\(offset (\d+)\): input stream is complete but output may still be valid$")


def main(pdf, journal):
    donnees = open(pdf, "rb").read()
    avertissements = [ligne for ligne in open(journal, "rb").read().splitlines() if ligne.startswith(b"WARNING")]
    for ligne in avertissements:
        trouve = FAUX.match(ligne)
        if not trouve:
            return f"{pdf}: {ligne.decode(errors='replace')}"
        lecteur = zlib.decompressobj()
        lecteur.decompress(donnees[int(trouve[1]) :])
        if not lecteur.eof or not lecteur.unused_data.lstrip().startswith(b"endstream"):
            return f"{pdf}: the stream at {trouve[1].decode()} is cut"
    return None if avertissements else f"{pdf}: an error without a warning"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
