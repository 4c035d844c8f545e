#!/usr/bin/env python3
"""Signs every field of a dossier in turn with throw-away certificates, as its parties would, and checks them.

    signer.py DOSSIER.pdf CHAMPS.signature.json SIGNED.pdf [MOST]

The fields are those of CHAMPS, in its order: they must be those of the file; MOST signs that many of them,
spread over the file. One signature out of two shows a text in its box, the other nothing. At the end every
signature must be intact and valid, and all that came after it allowed. Exit code 0 or 1.
"""

import datetime
import io
import json
import sys
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko import stamp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

DEPUIS = datetime.datetime(2020, 1, 1)
JUSQUE = datetime.datetime(2099, 1, 1)


def certificat(nom):
    """A self-signed certificate and its key, in the forms that pyHanko takes."""
    cle = ec.generate_private_key(ec.SECP256R1())
    sujet = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nom)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    brut = (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(sujet)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(DEPUIS)
        .not_valid_after(JUSQUE)
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(usage, True)
        .sign(cle, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    secret = cle.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1_x509.Certificate.load(brut), keys.PrivateKeyInfo.load(secret)


def signer(octets, champ, certificat_et_cle, visible):
    certificat_du_signataire, cle = certificat_et_cle
    texte = "Signé par %(signer)s\n%(ts)s" if visible else " "
    outil = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=champ, md_algorithm="sha256"),
        signer=signers.SimpleSigner(
            signing_cert=certificat_du_signataire, signing_key=cle, cert_registry=SimpleCertificateStore()
        ),
        stamp_style=stamp.TextStampStyle(stamp_text=texte),
    )
    return outil.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(octets))).getvalue()


def valider(octets, certificats):
    """What is wrong with the signatures of a file."""
    fautes = []
    for signature in PdfFileReader(io.BytesIO(octets)).embedded_signatures:
        etat = validate_pdf_signature(signature, ValidationContext(trust_roots=certificats))
        if not (etat.intact and etat.valid and etat.trusted and etat.docmdp_ok and etat.bottom_line):
            fautes.append(f"{signature.field_name}: {etat.pretty_print_details()}")
    return fautes


def main(dossier, champs, signe, most=None):
    octets = Path(dossier).read_bytes()
    annonces = [champ["nom"] for champ in json.loads(Path(champs).read_text(encoding="utf-8"))["champs"]]
    presents = [nom for nom, _, _ in fields.enumerate_sig_fields(PdfFileReader(io.BytesIO(octets)))]
    if sorted(annonces) != sorted(presents) or not presents:
        print(f"{champs} announces {annonces}, {dossier} has {presents}")
        return 1
    certificats = []
    pas = 1 if most is None else max(1, len(annonces) // int(most))
    for rang, champ in enumerate(annonces[::pas][: len(annonces) if most is None else int(most)]):
        certificat_et_cle = certificat(champ)
        certificats.append(certificat_et_cle[0])
        octets = signer(octets, champ, certificat_et_cle, visible=rang % 2 == 0)
    Path(signe).write_bytes(octets)
    if fautes := valider(octets, certificats):
        print(*fautes, sep="\n")
        return 1
    print(f"{Path(dossier).name}: {len(certificats)} signatures in turn out of {len(annonces)} fields, all intact and valid")
    return 0


sys.exit(main(*sys.argv[1:]))
