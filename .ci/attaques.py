#!/usr/bin/env python3
"""Signs a dossier in every right form and alters it in every way, then asks cpom what became of it.

    attaques.py CPOM DOSSIER.pdf CHAMPS.signature.json WORK [WORD]

Each change is made by another program (pyHanko), at each moment of the life of a dossier: before any signature, between two,
after the last, with a signature of the attacker, with a signature made without any key. `controler` must name the kind of
change and the moment, `extraire` must say that the data are not those that were printed. The right forms of signature must all
be accepted. One line a case, then « N passed, N failed ». WORD keeps the cases whose name has it. Exit code 0 or 1.
"""

import datetime
import hashlib
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

DEPUIS = datetime.datetime(2020, 1, 1)
JUSQUE = datetime.datetime(2099, 1, 1)
ICI = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)

# --- keys and certificates, all thrown away -------------------------------------------------------


def en_asn1(certificat, cle):
    brut = certificat.public_bytes(serialization.Encoding.DER)
    secret = cle.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1_x509.Certificate.load(brut), keys.PrivateKeyInfo.load(secret)


def nom(texte):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, texte)])


class Autorite:
    """An authority that certifies keys of any kind."""

    def __init__(self):
        self.cle = rsa.generate_private_key(65537, 2048)
        self.nom = nom("Autorité d'essai")
        brut = self._monter(self.nom, self.cle.public_key(), True).sign(self.cle, hashes.SHA256())
        self.certificat, _ = en_asn1(brut, self.cle)

    def _monter(self, sujet, cle, autorite, horodatage=False):
        usage = x509.KeyUsage(not autorite, not autorite and not horodatage, False, False, False, autorite, autorite, False, False)
        monte = (
            x509.CertificateBuilder()
            .subject_name(sujet)
            .issuer_name(self.nom)
            .public_key(cle)
            .serial_number(x509.random_serial_number())
            .not_valid_before(DEPUIS)
            .not_valid_after(JUSQUE)
            .add_extension(x509.BasicConstraints(autorite, None), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle), False)
            .add_extension(usage, True)
        )
        if horodatage:
            monte = monte.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
        return monte

    def certifier(self, sujet, cle, horodatage=False):
        monte = self._monter(nom(sujet), cle.public_key(), False, horodatage)
        return en_asn1(monte.sign(self.cle, hashes.SHA256()), cle)


AUTORITE = Autorite()
CLES = {
    "rsa": rsa.generate_private_key(65537, 2048),
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "p521": ec.generate_private_key(ec.SECP521R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}
CERTIFICATS = {genre: AUTORITE.certifier(f"Signataire {genre}", cle) for genre, cle in CLES.items()}
REGISTRE = SimpleCertificateStore()
REGISTRE.register(AUTORITE.certificat)
HORODATEUR = timestamps.DummyTimeStamper(
    *AUTORITE.certifier("Horodatage d'essai", rsa.generate_private_key(65537, 2048), horodatage=True),
    certs_to_embed=REGISTRE,
    fixed_dt=ICI,
)


def contexte():
    return ValidationContext(trust_roots=[AUTORITE.certificat], allow_fetching=False, revocation_mode="soft-fail", moment=ICI)


def signer(octets, champ, cle="p256", md="sha256", pss=False, boite=None, **plus):
    """Signs a field, which is made if it is not there."""
    certificat, secret = CERTIFICATS[cle]
    outil = signers.SimpleSigner(
        signing_cert=certificat, signing_key=secret, cert_registry=REGISTRE, prefer_pss=pss
    )
    horodateur = plus.pop("horodateur", None)
    return ecrire_signature(octets, champ, outil, horodateur, boite, md_algorithm=md, **plus)


def signer_sans_cle(octets, champ):
    """What anyone can do who has the certificate of somebody."""
    outil = signers.ExternalSigner(signing_cert=CERTIFICATS["p256"][0], cert_registry=REGISTRE, signature_value=bytes(71))
    return ecrire_signature(octets, champ, outil, None, None, md_algorithm="sha256")


def ecrire_signature(octets, champ, outil, horodateur, boite, **plus):
    reglages = signers.PdfSignatureMetadata(field_name=champ, **plus)
    neuf = SigFieldSpec(champ, on_page=boite[0], box=boite[1]) if boite else None
    outil = signers.PdfSigner(reglages, signer=outil, timestamper=horodateur, new_field_spec=neuf)
    return outil.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(octets))).getvalue()


def horodater(octets):
    outil = signers.PdfTimeStamper(HORODATEUR)
    return outil.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(octets)), "sha256").getvalue()


def prouver(octets):
    """A DSS, as for a signature that is to last."""
    flux = io.BytesIO(octets)
    lu = PdfFileReader(flux).embedded_signatures[-1]
    certificats = [AUTORITE.certificat, lu.signer_cert]
    DocumentSecurityStore.add_dss(flux, lu.pkcs7_content.hex().upper().encode(), certs=certificats)
    return flux.getvalue()


def tous(octets, champs, signer=signer):
    for champ in champs:
        octets = signer(octets, champ)
    return octets


# --- what is done to a dossier --------------------------------------------------------------------


def changer(modifier):
    """A change of the document, written as an increment."""

    def change(octets):
        w = IncrementalPdfFileWriter(io.BytesIO(octets))
        modifier(w)
        sortie = io.BytesIO()
        w.write(sortie)
        return sortie.getvalue()

    change.__name__ = modifier.__name__
    return change


def page(w, rang):
    reference, _ = w.find_page_for_modification(rang)
    return reference, reference.get_object()


def flux(w, contenu, **cles):
    dict_ = {pdf_name("/" + cle): valeur for cle, valeur in cles.items()}
    return w.add_object(generic.StreamObject(dict_, stream_data=contenu))


def noeud_des_pages(w):
    noeud = w.root["/Pages"]
    w.mark_update(w.root.raw_get("/Pages").reference)
    return noeud


@changer
def contenu(w):
    _, p = page(w, 2)
    p["/Contents"] = flux(w, b"BT /F1 12 Tf 72 700 Td (0 EUR) Tj ET")
    w.update_container(p)


@changer
def tampon(w):
    _, p = page(w, 2)
    blanc = flux(w, b"q 1 1 1 rg 50 400 500 300 re f Q")
    p["/Contents"] = generic.ArrayObject([p.raw_get("/Contents"), blanc])
    w.update_container(p)


@changer
def cachees(w):
    noeud = noeud_des_pages(w)
    noeud["/Kids"] = generic.ArrayObject(list(noeud["/Kids"])[:2])
    noeud["/Count"] = generic.NumberObject(2)


@changer
def echangees(w):
    noeud = noeud_des_pages(w)
    enfants = list(noeud["/Kids"])
    enfants[2], enfants[3] = enfants[3], enfants[2]
    noeud["/Kids"] = generic.ArrayObject(enfants)


@changer
def ajoutee(w):
    noeud = noeud_des_pages(w)
    _, p = page(w, 2)
    neuve = generic.DictionaryObject({cle: p.raw_get(cle) for cle in ["/Type", "/Resources", "/MediaBox", "/Parent"]})
    neuve["/Contents"] = flux(w, b"BT ET")
    noeud["/Kids"] = generic.ArrayObject([*noeud["/Kids"], w.add_object(neuve)])
    noeud["/Count"] = generic.NumberObject(len(noeud["/Kids"]))


@changer
def javascript(w):
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    w.root["/OpenAction"] = w.add_object(generic.DictionaryObject(action))
    w.update_root()


@changer
def texte(w):
    reference, p = page(w, 2)
    apparence = flux(w, b"/Tx BMC EMC", Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=generic.ArrayObject(map(generic.NumberObject, [0, 0, 200, 40])))
    champ = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("montant"),
            pdf_name("/V"): generic.TextStringObject("0 euro"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, [100, 500, 300, 540])),
            pdf_name("/P"): reference,
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): apparence}),
        }
    )
    champ = w.add_object(champ)
    w.root["/AcroForm"]["/Fields"].append(champ)
    w.update_container(w.root["/AcroForm"]["/Fields"])
    p["/Annots"] = generic.ArrayObject([*p.get("/Annots", []), champ])
    w.update_container(p)


@changer
def apparence(w):
    champ = w.root["/AcroForm"]["/Fields"][0].get_object()
    boite = generic.ArrayObject(map(generic.NumberObject, [0, 0, 200, 90]))
    vue = flux(w, b"0 1 0 rg 0 0 200 90 re f", Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=boite)
    champ["/AP"] = generic.DictionaryObject({pdf_name("/N"): vue})
    w.update_container(champ)


def fiche(w, voulu):
    noms = list(w.root["/Names"]["/EmbeddedFiles"]["/Names"])
    for nom_, valeur in zip(noms[::2], noms[1::2]):
        if nom_ == voulu:
            return valeur.get_object()
    raise KeyError(voulu)


def remplacer(w, voulu, octets):
    ef = fiche(w, voulu)["/EF"]
    ancien = ef["/F"]
    neuf = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=octets)
    for cle in ["/Subtype", "/Params"]:
        if cle in ancien:
            neuf[cle] = ancien.raw_get(cle)
    for cle in ["/F", "/UF"]:
        if cle in ef:
            reference = ef.raw_get(cle).reference
            w.mark_update(reference)
            w.objects[(reference.generation, reference.idnum)] = neuf


def donnees_changees(w):
    contrat = fiche(w, "contrat.json")["/EF"]["/F"].data
    nouveau = re.sub(rb"\b1[0-9]{3}\b", b"9999", contrat, count=1)
    assert nouveau != contrat
    provenance = json.loads(fiche(w, "provenance.json")["/EF"]["/F"].data)
    for fichier in provenance["fichiers"]:
        if fichier["nom"] == "contrat.json":
            fichier["sha256"] = hashlib.sha256(nouveau).hexdigest()
    remplacer(w, "contrat.json", nouveau)
    remplacer(w, "provenance.json", json.dumps(provenance, ensure_ascii=False).encode())


@changer
def donnees(w):
    donnees_changees(w)


# What is done, and the kinds under which it may be told.
CHANGEMENTS = {
    contenu: {"contenu"},
    tampon: {"contenu"},
    cachees: {"pages"},
    echangees: {"pages"},
    ajoutee: {"pages"},
    javascript: {"action", "script"},
    texte: {"champ"},
    apparence: {"apparence"},
    donnees: {"fichier_joint"},
}


@changer
def vider_le_formulaire(w):
    w.root["/AcroForm"]["/Fields"] = generic.ArrayObject([w.root["/AcroForm"]["/Fields"].raw_get(3)])
    w.update_root()
    _, p = page(w, 2)
    p["/Contents"] = flux(w, b"BT ET")
    w.update_container(p)


def autre_version(octets, version="0.0.9"):
    """The same dossier as if an older program had printed it: written whole, its provenance changed."""
    w = copy_into_new_writer(PdfFileReader(io.BytesIO(octets)))
    provenance = json.loads(fiche(w, "provenance.json")["/EF"]["/F"].data)
    provenance["cpom"] = version
    joint = fiche(w, "provenance.json")["/EF"]
    neuf = w.add_object(generic.StreamObject(stream_data=json.dumps(provenance, ensure_ascii=False).encode()))
    for cle in ["/F", "/UF"]:
        if cle in joint:
            joint[cle] = neuf
    sortie = io.BytesIO()
    w.write(sortie)
    return sortie.getvalue()


def reenregistrer(octets, work, *options):
    """What a service does that passes all it receives through qpdf."""
    entree, sortie = work / "entree.pdf", work / "qpdf.pdf"
    entree.write_bytes(octets)
    subprocess.run(["qpdf", *options, entree, sortie], check=True)
    return sortie.read_bytes()


# --- signatures broken in their form --------------------------------------------------------------


def forger(cle, valeur):
    """The last signature, with another value under a key; `None` takes it away."""

    @changer
    def forge(w):
        champ = next(c.get_object() for c in w.root["/AcroForm"]["/Fields"] if "/V" in c.get_object())
        signature = champ["/V"]
        if valeur is None:
            del signature[cle]
        else:
            signature[cle] = valeur
        w.mark_update(champ.raw_get("/V").reference)

    return forge


def nombres(*valeurs):
    return generic.ArrayObject(map(generic.NumberObject, valeurs))


FAUX = {
    "ByteRange absent": ("/ByteRange", None),
    "ByteRange null": ("/ByteRange", generic.NullObject()),
    "ByteRange empty": ("/ByteRange", nombres()),
    "ByteRange negative": ("/ByteRange", nombres(0, -1, 10, 20)),
    "ByteRange huge": ("/ByteRange", nombres(0, 10, 20, 2**62)),
    "ByteRange of three": ("/ByteRange", nombres(0, 10, 20)),
    "ByteRange of six": ("/ByteRange", nombres(0, 10, 20, 30, 40, 50)),
    "ByteRange overlapping": ("/ByteRange", nombres(0, 1000, 10, 2000)),
    "ByteRange of nothing": ("/ByteRange", nombres(0, 0, 0, 0)),
    "Contents absent": ("/Contents", None),
    "Contents null": ("/Contents", generic.NullObject()),
    "Contents empty": ("/Contents", generic.ByteStringObject(b"")),
    "Contents zero": ("/Contents", generic.ByteStringObject(bytes(8192))),
}


@changer
def sans_valeur(w):
    champ = next(c.get_object() for c in w.root["/AcroForm"]["/Fields"] if "/V" in c.get_object())
    del champ["/V"]
    w.update_container(champ)


# --- the cases ------------------------------------------------------------------------------------


class Cas:
    def __init__(self, nom, octets, verdict, genres=None, quand=None, dit=None, extrait=None):
        self.nom, self.octets, self.verdict = nom, octets, verdict
        self.genres, self.quand, self.dit, self.extrait = genres, quand, dit, extrait

    def juger(self, cpom, work):
        """What cpom says wrongly of the case, or nothing."""
        fichier = work / (re.sub(r"\W+", "-", self.nom) + ".pdf")
        fichier.write_bytes(self.octets)
        passage = subprocess.run([cpom, "controler", fichier, "--format", "json"], capture_output=True, text=True)
        code = {"conforme": 0, "non_conforme": 1, "non_verifiable": 3}[self.verdict]
        try:
            lu = json.loads(passage.stdout)
        except ValueError:
            # A file that is no longer read is refused as well.
            refuse = self.verdict == "non_conforme" and passage.returncode == 2 and not self.genres
            return None if refuse else f"code {passage.returncode}: {passage.stdout[:200]}{passage.stderr[:300]}"
        if passage.returncode != code or lu["verdict"] != self.verdict or lu["conforme"] != (code == 0):
            return f"{lu['verdict']}, code {passage.returncode}: {lu['fautes'] + lu['reserves']}"
        if bool(lu["fautes"]) != (code == 1):
            return f"faults: {lu['fautes']}"
        if self.genres and not any(
            m["genre"] in self.genres and (self.quand is None or r["moment"] == self.quand)
            for r in lu["revisions"]
            for m in r["modifications"]
        ):
            return f"{self.genres} is not told at {self.quand}: {lu['fautes']}"
        if self.dit and not re.search(self.dit, json.dumps(lu, ensure_ascii=False)):
            return f"« {self.dit} » is not told: {lu['fautes'] + lu['notes']}"
        if self.extrait is not None:
            passage = subprocess.run([cpom, "extraire", fichier], capture_output=True)
            voulu = 0 if code in (0, 3) else 1
            if passage.returncode != voulu or passage.stdout != self.extrait:
                return f"extraire: code {passage.returncode}, {len(passage.stdout)} bytes, {passage.stderr.decode()[:200]}"
        return None


def apres(champ, derniere=False):
    return {"quand": "apres_la_derniere_signature" if derniere else "apres_la_signature", "champ": champ}


AVANT = {"quand": "avant_toute_signature"}


def attaques(dossier, champs, contrat):
    trois = tous(dossier, champs[:3])
    quatre = signer(trois, champs[3])
    for change, genres in CHANGEMENTS.items():
        quoi = change.__name__
        yield Cas(f"A {quoi}", change(quatre), "non_conforme", genres, apres(champs[3], True), extrait=contrat)
        yield Cas(f"B {quoi}", tous(change(dossier), champs), "non_conforme", genres, AVANT, extrait=contrat)
        yield Cas(f"C {quoi}", signer(change(trois), champs[3]), "non_conforme", genres, apres(champs[2]), extrait=contrat)
        cinq = signer(change(quatre), "x", cle="rsa")
        yield Cas(f"D {quoi}", cinq, "non_conforme", genres, apres(champs[3]), extrait=contrat)
        sans_cle = signer_sans_cle(change(trois), champs[3])
        yield Cas(f"E {quoi}", sans_cle, "non_conforme", genres, apres(champs[2]), "signature fausse", contrat)
    sans_cle = tous(dossier, champs, signer_sans_cle)
    yield Cas("F", sans_cle, "non_conforme", dit="signature fausse", extrait=contrat)
    yield Cas("G", signer(vider_le_formulaire(dossier), champs[3]), "non_conforme", {"champ"}, AVANT, f'"champs_disparus": \\["{champs[0]}', contrat)


def formes_fausses(dossier, champs):
    un = signer(dossier, champs[0])
    for nom_, (cle, valeur) in FAUX.items():
        yield Cas(f"forged, {nom_}", forger(cle, valeur)(un), "non_conforme")
    yield Cas("forged, V removed", sans_valeur(un), "non_conforme", {"signature"})
    quatre = tous(dossier, champs)
    bit = bytearray(quatre)
    bit[len(dossier) // 2] ^= 1
    yield Cas("one bit", bytes(bit), "non_conforme")
    bit = bytearray(quatre)
    bit[len(dossier) + 200] ^= 1
    yield Cas("one bit of a signature", bytes(bit), "non_conforme")
    yield Cas("cut", quatre[:-2000], "non_conforme")
    yield Cas("one byte less", quatre[:-2], "non_conforme")
    yield Cas("one byte before", b"\n" + quatre, "non_conforme")
    yield Cas("words after", quatre + b"\n% un mot\n", "non_conforme", dit="que l'on ne reconnaît pas")
    suite = quatre.replace(b"%%EOF", b"%%EOX")
    yield Cas("no end", suite, "non_conforme")
    boucle = re.sub(rb"/Prev \d+", lambda m: m[0][:6] + str(len(quatre) - 100).encode().rjust(len(m[0]) - 6, b"0"), quatre)
    yield Cas("a loop of tables", boucle, "non_conforme")


def justes(dossier, champs, contrat, work):
    pades = {"subfilter": SigSeedSubFilter.PADES}
    formes = {
        "SHA-256": {},
        "SHA-384": {"md": "sha384"},
        "SHA-512": {"md": "sha512"},
        "SHA3-256": {"md": "sha3_256"},
        "SHA3-512, ECDSA P-384": {"md": "sha3_512", "cle": "p384"},
        "RSA PKCS 1": {"cle": "rsa"},
        "RSA PSS": {"cle": "rsa", "pss": True},
        "RSA PSS, SHA-512": {"cle": "rsa", "pss": True, "md": "sha512"},
        "ECDSA P-384": {"cle": "p384", "md": "sha384"},
        "ECDSA P-521": {"cle": "p521", "md": "sha512"},
        "ECDSA P-521, SHA-256": {"cle": "p521"},
        "Ed25519": {"cle": "ed25519", "md": "sha512"},
        "PAdES B-B": pades,
        "PAdES B-T": {**pades, "horodateur": HORODATEUR},
        "certification P=2": {"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS},
    }
    for nom_, reglages in formes.items():
        signe = signer(dossier, champs[0], **reglages)
        yield Cas(f"right, {nom_}", tous(signe, champs[1:]), "conforme", extrait=contrat)
    quatre = tous(dossier, champs)
    lt = prouver(signer(dossier, champs[0], **pades, horodateur=HORODATEUR))
    yield Cas("right, LT", prouver(quatre), "conforme")
    yield Cas("right, LT in turn", prouver(tous(lt, champs[1:])), "conforme", extrait=contrat)
    yield Cas("right, document time stamp", horodater(quatre), "conforme", dit="horodatage")
    yield Cas("right, LTA", horodater(prouver(horodater(prouver(quatre)))), "conforme", extrait=contrat)
    lta = {**pades, "embed_validation_info": True, "use_pades_lta": True, "validation_context": contexte()}
    yield Cas("right, LTA at once", signer(quatre, "cachet", horodateur=HORODATEUR, **lta), "conforme")
    yield Cas("right, a field of the service", tous(signer(dossier, "service", cle="rsa"), champs), "conforme", dit='"champs_ajoutes": \\["service"\\]')
    visible = (0, (200, 5, 300, 18))
    yield Cas("right, a visible field in the margin", tous(signer(dossier, "service", boite=visible), champs), "conforme")
    for options in [(), ("--object-streams=generate",), ("--object-streams=disable", "--stream-data=uncompress"), ("--linearize",)]:
        signe = tous(reenregistrer(dossier, work, *options), champs)
        yield Cas(f"right, saved again by qpdf {' '.join(options)}", signe, "conforme", dit="Réenregistré par un autre programme")
    yield Cas("right, a newline after", quatre + b"\n", "conforme", dit="sans effet")
    yield Cas("right, NULs after", quatre + bytes(300), "conforme", dit="sans effet")
    yield Cas("right, nothing signed", dossier, "conforme", extrait=contrat)
    yield Cas("right, two of four", tous(dossier, champs[:2]), "conforme")
    yield Cas("right, a nested field", signer(quatre, "groupe.sig"), "conforme", dit="groupe\\.sig")


def autres(dossier, champs, work):
    texte_ = (2, (100, 300, 500, 700))
    yield Cas("a visible field over the text", tous(signer(dossier, "service", boite=texte_), champs), "non_conforme", {"champ"}, AVANT, "couvre")
    ferme = signer(dossier, champs[0], certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    yield Cas("signed after a certification that forbids it", signer_malgre_tout(ferme, champs[1]), "non_conforme", {"signature"})
    ancien = autre_version(dossier)
    yield Cas("printed by another version", ancien, "non_verifiable", dit="0\\.0\\.9")
    yield Cas("printed by another version, signed", horodater(tous(ancien, champs)), "non_verifiable", dit="0\\.0\\.9")
    yield Cas("printed by another version, changed", signer(contenu(tous(ancien, champs[:3])), champs[3]), "non_conforme", {"contenu"}, apres(champs[2]))
    yield Cas("printed by another version, signed without key", signer_sans_cle(ancien, champs[0]), "non_conforme", dit="signature fausse")
    yield Cas("changed, saved again, signed", tous(reenregistrer(contenu(dossier), work), champs), "non_conforme", dit="page 3")
    yield Cas("pages swapped, saved again, signed", tous(reenregistrer(echangees(dossier), work), champs), "non_conforme", dit="pages")
    yield Cas("data changed, saved again, signed", tous(reenregistrer(donnees(dossier), work), champs), "non_conforme")


def signer_malgre_tout(octets, champ):
    """pyHanko refuses to sign what is closed: the certification is hidden from it."""
    cache = octets.replace(b"/DocMDP", b"/DocMXX")
    signe = signer(cache, champ)
    return octets + signe[len(octets) :]


def main(cpom, dossier, champs, work, mot=""):
    work = Path(work)
    work.mkdir(parents=True, exist_ok=True)
    champs = [champ["nom"] for champ in json.loads(Path(champs).read_text(encoding="utf-8"))["champs"]]
    octets = Path(dossier).read_bytes()
    contrat = subprocess.run([cpom, "extraire", dossier], capture_output=True, check=True).stdout
    cas = [*justes(octets, champs, contrat, work), *attaques(octets, champs, contrat), *formes_fausses(octets, champs), *autres(octets, champs, work)]
    cas = [un for un in cas if mot in un.nom]
    fautes = 0
    with ThreadPoolExecutor(2) as fils:
        for un, faute in zip(cas, fils.map(lambda un: un.juger(cpom, work), cas)):
            print(f"{'ok' if faute is None else 'FAILED'} {un.nom}" + (f": {faute}" if faute else ""), flush=True)
            fautes += faute is not None
    print(f"{len(cas) - fautes} passed, {fautes} failed")
    return 1 if fautes or not cas else 0


sys.exit(main(*sys.argv[1:]))
